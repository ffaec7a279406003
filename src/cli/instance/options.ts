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

/** Options of `pack plan|install|upgrade|uninstall|receive`. */
export interface PackClientOptions extends InstanceOptions {
	readonly client: string;
	/** Version of the pack; the newest at hand if left out. */
	readonly to?: string;
	readonly currency?: string;
	readonly period?: string;
	/** `id=score`. */
	readonly grade?: readonly string[];
	/** `id=value`, or `id@unit=value` for one unit. */
	readonly param?: readonly string[];
	/** `kind:id` of parts that stay as the client has them, or come from the pack. */
	readonly keep?: readonly string[];
	readonly replace?: readonly string[];
	/** `conflict=ours|theirs`; `all=ours|theirs` for what is not named. */
	readonly choose?: readonly string[];
	readonly yes?: boolean;
}

/** Options of `import plan|apply`. */
export interface ImportOptions extends InstanceOptions {
	readonly client: string;
	readonly kind: string;
	readonly recordType?: string;
	/** A file with the mapping, and how to read the data. */
	readonly mapping?: string;
	readonly withoutRejected?: boolean;
}

/** Options of `import rollback`. */
export interface RollBackOptions extends InstanceOptions {
	readonly client: string;
	readonly reason?: string;
}
