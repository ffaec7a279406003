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

/** Options of commands about one client. */
export interface ClientCommand extends InstanceOptions {
	readonly client: string;
}

/** Options of `replay run`. */
export interface ReplayRunOptions extends ClientCommand {
	readonly periods?: string;
	/** Without the version it is based on. */
	readonly alone?: boolean;
}

/** Options of `score run`. */
export interface ScoreRunOptions extends ClientCommand {
	readonly release?: boolean;
}

/** Options of `version publish`. */
export interface PublishOptions extends ClientCommand {
	/** First period that the version scores. */
	readonly from: string;
	readonly note?: string;
}

/** Options of `token create`. */
export interface TokenOptions extends ClientCommand {
	readonly account: string;
	readonly days?: string;
}

/** Options of `client export`. */
export interface ExportOptions extends ClientCommand {
	readonly out: string;
}

/** Options of `client delete`. */
export interface DeleteOptions extends InstanceOptions {
	readonly yes?: boolean;
}
