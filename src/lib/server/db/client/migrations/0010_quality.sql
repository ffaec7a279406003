CREATE TABLE `anomaly_notes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`employee_id` text NOT NULL,
	`metric` text NOT NULL,
	`period` text NOT NULL,
	`cause` text NOT NULL,
	`reason` text NOT NULL,
	`evidence` text,
	`written_at` text NOT NULL,
	`written_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `anomaly_notes_figure` ON `anomaly_notes` (`metric`,`period`,`employee_id`);--> statement-breakpoint
CREATE TABLE `entry_assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`metric` text NOT NULL,
	`unit_id` text,
	`user_id` text NOT NULL,
	`due_working_day` integer NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`ended_at` text,
	`ended_by` text
);
--> statement-breakpoint
CREATE INDEX `entry_assignments_user` ON `entry_assignments` (`user_id`);--> statement-breakpoint
CREATE TABLE `reconciliations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`metric` text NOT NULL,
	`period` text NOT NULL,
	`chosen_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`reason` text NOT NULL,
	`decided_at` text NOT NULL,
	`decided_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `reconciliations_figure` ON `reconciliations` (`metric`,`period`,`subject_kind`,`subject_id`);