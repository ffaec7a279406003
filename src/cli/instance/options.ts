/** Options of commands on an instance, as the command line gives them. */

export interface InstanceOptions {
	readonly dataDir?: string;
	readonly json?: boolean;
	readonly locale?: string;
	readonly dryRun?: boolean;
}

export interface ClientOptions extends InstanceOptions {
	readonly client?: string;
	readonly nameZh?: string;
	readonly nameEn?: string;
}

export interface UserOptions extends InstanceOptions {
	readonly name?: string;
	readonly client?: string;
	readonly role?: string;
	readonly employee?: string;
	readonly unit?: string;
	readonly operator?: boolean;
}

export interface InstallOptions extends InstanceOptions {
	readonly client: string;
}
