DROP INDEX `import_batches_applied_once`;--> statement-breakpoint
CREATE INDEX `import_batches_file` ON `import_batches` (`kind`,`file_hash`);