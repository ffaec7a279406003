CREATE TABLE `import_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`file_hash` text NOT NULL,
	`file_size` integer NOT NULL,
	`encoding` text,
	`delimiter` text,
	`header` text NOT NULL,
	`mapping` text,
	`preset_id` text,
	`status` text NOT NULL,
	`counts` text NOT NULL,
	`problems` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`committed_at` text,
	`committed_by` text,
	`rolled_back_at` text,
	`rolled_back_by` text,
	`rollback_reason` text
);
--> statement-breakpoint
CREATE INDEX `import_batches_created` ON `import_batches` (`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `import_batches_applied_once` ON `import_batches` (`kind`,`file_hash`) WHERE "import_batches"."status" = 'committed';--> statement-breakpoint
CREATE TABLE `import_presets` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`definition` text NOT NULL,
	`origin` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `import_rows` (
	`batch_id` text NOT NULL,
	`line` integer NOT NULL,
	`cells` text NOT NULL,
	`parsed` text,
	`status` text NOT NULL,
	`problems` text,
	PRIMARY KEY(`batch_id`, `line`),
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `import_rows_status` ON `import_rows` (`batch_id`,`status`);--> statement-breakpoint
CREATE TABLE `metrics` (
	`id` text NOT NULL,
	`revision` integer NOT NULL,
	`definition` text NOT NULL,
	`hash` text NOT NULL,
	`origin` text,
	`retired` integer DEFAULT false NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	PRIMARY KEY(`id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `observations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`metric` text NOT NULL,
	`period` text NOT NULL,
	`value` real,
	`raw` text,
	`currency` text,
	`original_value` real,
	`original_currency` text,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `observations_metric` ON `observations` (`metric`,`period`);--> statement-breakpoint
CREATE INDEX `observations_subject` ON `observations` (`subject_kind`,`subject_id`,`period`);--> statement-breakpoint
CREATE INDEX `observations_period` ON `observations` (`period`);--> statement-breakpoint
CREATE INDEX `observations_batch` ON `observations` (`batch_id`);--> statement-breakpoint
CREATE TABLE `parameter_values` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`parameter_id` text NOT NULL,
	`unit_id` text,
	`valid_from` text NOT NULL,
	`value` real,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text,
	FOREIGN KEY (`parameter_id`) REFERENCES `parameters`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `parameter_values_parameter` ON `parameter_values` (`parameter_id`,`valid_from`);--> statement-breakpoint
CREATE INDEX `parameter_values_batch` ON `parameter_values` (`batch_id`);--> statement-breakpoint
CREATE TABLE `parameters` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`origin` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `record_types` (
	`id` text NOT NULL,
	`revision` integer NOT NULL,
	`definition` text NOT NULL,
	`origin` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	PRIMARY KEY(`id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `records` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`type` text NOT NULL,
	`key` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`date` text NOT NULL,
	`data` text NOT NULL,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `records_type` ON `records` (`type`,`date`);--> statement-breakpoint
CREATE INDEX `records_key` ON `records` (`type`,`key`);--> statement-breakpoint
CREATE INDEX `records_batch` ON `records` (`batch_id`);--> statement-breakpoint
CREATE TABLE `installed_packs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pack_id` text NOT NULL,
	`version` text NOT NULL,
	`hash` text NOT NULL,
	`manifest` text NOT NULL,
	`files` text NOT NULL,
	`params` text NOT NULL,
	`installed_at` text NOT NULL,
	`installed_by` text NOT NULL,
	`removed_at` text,
	`removed_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `installed_packs_once` ON `installed_packs` (`pack_id`) WHERE "installed_packs"."removed_at" IS NULL;--> statement-breakpoint
CREATE TABLE `templates` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`document` text NOT NULL,
	`hash` text NOT NULL,
	`origin` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`retired_at` text
);
--> statement-breakpoint
CREATE INDEX `templates_retired` ON `templates` (`retired_at`);--> statement-breakpoint
CREATE TABLE `employee_facts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`employee_id` text NOT NULL,
	`attribute` text NOT NULL,
	`value` text NOT NULL,
	`valid_from` text NOT NULL,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `employee_facts_employee` ON `employee_facts` (`employee_id`,`attribute`,`valid_from`);--> statement-breakpoint
CREATE INDEX `employee_facts_attribute` ON `employee_facts` (`attribute`,`valid_from`);--> statement-breakpoint
CREATE INDEX `employee_facts_batch` ON `employee_facts` (`batch_id`);--> statement-breakpoint
CREATE TABLE `employees` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`batch_id` text,
	`created_at` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE TABLE `unit_moves` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`unit_id` text NOT NULL,
	`parent_id` text,
	`valid_from` text NOT NULL,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `unit_moves_unit` ON `unit_moves` (`unit_id`,`valid_from`);--> statement-breakpoint
CREATE INDEX `unit_moves_batch` ON `unit_moves` (`batch_id`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`parent_id` text,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`batch_id` text,
	`created_at` text NOT NULL,
	`closed_at` text
);
--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`submission_id` text PRIMARY KEY NOT NULL,
	`verdict` text NOT NULL,
	`draft_hash` text NOT NULL,
	`reason` text NOT NULL,
	`decided_at` text NOT NULL,
	`decided_by` text NOT NULL,
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `draft_revisions` (
	`draft_id` text NOT NULL,
	`revision` integer NOT NULL,
	`document` text NOT NULL,
	`hash` text NOT NULL,
	`saved_at` text NOT NULL,
	`saved_by` text NOT NULL,
	PRIMARY KEY(`draft_id`, `revision`),
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `draft_revisions_author` ON `draft_revisions` (`draft_id`,`saved_by`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`scheme_id` text NOT NULL,
	`base_version` integer,
	`revision` integer NOT NULL,
	`document` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL,
	`closed_at` text,
	`closed_by` text,
	`closed_as` text,
	`published_version` integer,
	FOREIGN KEY (`scheme_id`) REFERENCES `schemes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `drafts_scheme` ON `drafts` (`scheme_id`,`closed_at`);--> statement-breakpoint
CREATE TABLE `guardrail_overrides` (
	`submission_id` text NOT NULL,
	`check_code` text NOT NULL,
	`reason` text NOT NULL,
	`asked_at` text NOT NULL,
	`asked_by` text NOT NULL,
	`granted_at` text,
	`granted_by` text,
	PRIMARY KEY(`submission_id`, `check_code`),
	FOREIGN KEY (`submission_id`) REFERENCES `submissions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `replays` (
	`id` text PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`draft_revision` integer NOT NULL,
	`draft_hash` text NOT NULL,
	`baseline_version` integer,
	`baseline_hash` text,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`known_at` text,
	`dataset_hash` text,
	`engine_version` text,
	`status` text NOT NULL,
	`job_id` text,
	`report` text,
	`verdict` text,
	`error` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `replays_draft` ON `replays` (`draft_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `replays_hash` ON `replays` (`draft_hash`);--> statement-breakpoint
CREATE TABLE `schemes` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`origin` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`archived_at` text
);
--> statement-breakpoint
CREATE TABLE `submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`draft_id` text NOT NULL,
	`draft_revision` integer NOT NULL,
	`draft_hash` text NOT NULL,
	`replay_id` text NOT NULL,
	`base_version` integer,
	`note` text,
	`submitted_at` text NOT NULL,
	`submitted_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text,
	FOREIGN KEY (`draft_id`) REFERENCES `drafts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`replay_id`) REFERENCES `replays`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `submissions_draft` ON `submissions` (`draft_id`,`submitted_at`);--> statement-breakpoint
CREATE INDEX `submissions_open` ON `submissions` (`submitted_at`) WHERE "submissions"."withdrawn_at" IS NULL;--> statement-breakpoint
CREATE TABLE `versions` (
	`scheme_id` text NOT NULL,
	`number` integer NOT NULL,
	`document` text NOT NULL,
	`metrics` text NOT NULL,
	`hash` text NOT NULL,
	`document_hash` text NOT NULL,
	`effective_from` text NOT NULL,
	`base_version` integer,
	`draft_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`replay_id` text NOT NULL,
	`submitted_by` text NOT NULL,
	`approved_by` text NOT NULL,
	`approved_at` text NOT NULL,
	`published_by` text NOT NULL,
	`published_at` text NOT NULL,
	`note` text,
	PRIMARY KEY(`scheme_id`, `number`),
	FOREIGN KEY (`scheme_id`) REFERENCES `schemes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `versions_submission` ON `versions` (`submission_id`);--> statement-breakpoint
CREATE TABLE `scorecards` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`employee_id` text NOT NULL,
	`unit_id` text,
	`period` text NOT NULL,
	`scheme_id` text,
	`version` integer,
	`version_hash` text,
	`status` text NOT NULL,
	`score` real,
	`grade` text,
	`payout_minor` integer,
	`currency` text,
	`detail` text NOT NULL,
	`inputs` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `scoring_runs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scorecards_once` ON `scorecards` (`run_id`,`employee_id`);--> statement-breakpoint
CREATE INDEX `scorecards_employee` ON `scorecards` (`employee_id`,`period`);--> statement-breakpoint
CREATE INDEX `scorecards_period` ON `scorecards` (`period`);--> statement-breakpoint
CREATE TABLE `scoring_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`period` text NOT NULL,
	`versions` text NOT NULL,
	`dataset_hash` text,
	`engine_version` text,
	`status` text NOT NULL,
	`job_id` text,
	`counts` text,
	`error` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`finished_at` text,
	`released_at` text,
	`released_by` text
);
--> statement-breakpoint
CREATE INDEX `scoring_runs_period` ON `scoring_runs` (`period`,`created_at`);--> statement-breakpoint
CREATE TABLE `audit_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_events_type` ON `audit_events` (`type`);--> statement-breakpoint
CREATE INDEX `audit_events_actor` ON `audit_events` (`actor_id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer NOT NULL,
	`response` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`actor_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`status` text NOT NULL,
	`progress` real NOT NULL,
	`cancel_requested` integer DEFAULT false NOT NULL,
	`error` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`started_at` text,
	`finished_at` text
);
--> statement-breakpoint
CREATE INDEX `jobs_status` ON `jobs` (`status`,`created_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `target_confirmations` (
	`target_id` integer PRIMARY KEY NOT NULL,
	`confirmed_at` text NOT NULL,
	`confirmed_by` text NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `target_cycles` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`period_from` text NOT NULL,
	`period_to` text NOT NULL,
	`metrics` text NOT NULL,
	`settings` text NOT NULL,
	`due_on` text,
	`opened_at` text NOT NULL,
	`opened_by` text NOT NULL,
	`closed_at` text,
	`closed_by` text
);
--> statement-breakpoint
CREATE TABLE `target_notes` (
	`cycle_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`written_at` text NOT NULL,
	`written_by` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`cycle_id`, `unit_id`, `written_at`, `written_by`),
	FOREIGN KEY (`cycle_id`) REFERENCES `target_cycles`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `target_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`cycle_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`employee_id` text,
	`metric` text NOT NULL,
	`period` text NOT NULL,
	`value` real,
	`currency` text,
	`reason` text,
	`references` text,
	`revision` integer NOT NULL,
	`updated_at` text NOT NULL,
	`updated_by` text NOT NULL,
	`submitted_revision` integer,
	`submitted_at` text,
	`submitted_by` text,
	FOREIGN KEY (`cycle_id`) REFERENCES `target_cycles`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `target_proposals_once` ON `target_proposals` (`cycle_id`,`unit_id`,`employee_id`,`metric`,`period`);--> statement-breakpoint
CREATE UNIQUE INDEX `target_proposals_unit_once` ON `target_proposals` (`cycle_id`,`unit_id`,`metric`,`period`) WHERE "target_proposals"."employee_id" IS NULL;--> statement-breakpoint
CREATE INDEX `target_proposals_employee` ON `target_proposals` (`employee_id`);--> statement-breakpoint
CREATE TABLE `target_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`proposal_id` text NOT NULL,
	`proposal_revision` integer NOT NULL,
	`verdict` text NOT NULL,
	`comment` text,
	`reviewed_at` text NOT NULL,
	`reviewed_by` text NOT NULL,
	FOREIGN KEY (`proposal_id`) REFERENCES `target_proposals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `target_reviews_proposal` ON `target_reviews` (`proposal_id`,`reviewed_at`);--> statement-breakpoint
CREATE TABLE `targets` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`metric` text NOT NULL,
	`period` text NOT NULL,
	`value` real,
	`raw` text,
	`currency` text,
	`original_value` real,
	`original_currency` text,
	`proposal_id` text,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `targets_metric` ON `targets` (`metric`,`period`);--> statement-breakpoint
CREATE INDEX `targets_subject` ON `targets` (`subject_kind`,`subject_id`,`period`);--> statement-breakpoint
CREATE INDEX `targets_period` ON `targets` (`period`);--> statement-breakpoint
CREATE INDEX `targets_batch` ON `targets` (`batch_id`);--> statement-breakpoint
CREATE INDEX `targets_proposal` ON `targets` (`proposal_id`);