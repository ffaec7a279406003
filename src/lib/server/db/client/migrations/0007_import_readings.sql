CREATE TABLE `import_files` (
	`batch_id` text NOT NULL,
	`part` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`batch_id`, `part`),
	FOREIGN KEY (`batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `currency_rates` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`currency` text NOT NULL,
	`valid_from` text NOT NULL,
	`rate` real NOT NULL,
	`source` text,
	`evidence` text,
	`batch_id` text,
	`recorded_at` text NOT NULL,
	`recorded_by` text NOT NULL,
	`withdrawn_at` text,
	`withdrawn_by` text
);
--> statement-breakpoint
CREATE INDEX `currency_rates_currency` ON `currency_rates` (`currency`,`valid_from`);--> statement-breakpoint
CREATE INDEX `currency_rates_batch` ON `currency_rates` (`batch_id`);--> statement-breakpoint
ALTER TABLE `import_batches` ADD `reading` text;--> statement-breakpoint
ALTER TABLE `import_batches` ADD `record_type` text;--> statement-breakpoint
ALTER TABLE `import_batches` ADD `undo` text;