CREATE TABLE `received_packs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`pack_id` text NOT NULL,
	`version` text NOT NULL,
	`hash` text NOT NULL,
	`archive_hash` text NOT NULL,
	`files` text NOT NULL,
	`signer` text,
	`received_at` text NOT NULL,
	`received_by` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `received_packs_once` ON `received_packs` (`pack_id`,`version`);--> statement-breakpoint
ALTER TABLE `parameters` ADD `retired_at` text;--> statement-breakpoint
ALTER TABLE `record_types` ADD `retired` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `installed_packs` ADD `replaced` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `installed_packs` ADD `signer` text;