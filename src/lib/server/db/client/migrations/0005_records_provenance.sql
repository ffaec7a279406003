CREATE TABLE `record_corrections` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`month` text NOT NULL,
	`known_before` text NOT NULL,
	`known_at` text NOT NULL,
	`reason` text NOT NULL,
	`figures` integer NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `record_corrections_month` ON `record_corrections` (`type`,`month`);--> statement-breakpoint
CREATE TABLE `record_expectations` (
	`id` text NOT NULL,
	`revision` integer NOT NULL,
	`definition` text NOT NULL,
	`retired` integer DEFAULT false NOT NULL,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	PRIMARY KEY(`id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `record_months` (
	`type` text NOT NULL,
	`month` text NOT NULL,
	`revision` integer NOT NULL,
	PRIMARY KEY(`type`, `month`)
);
--> statement-breakpoint
ALTER TABLE `records` ADD `line` integer;--> statement-breakpoint
CREATE INDEX `records_subject` ON `records` (`subject_kind`,`subject_id`,`type`,`date`);