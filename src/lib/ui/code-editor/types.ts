/** A finding to be shown in the text, by offsets of characters. */
export interface CodeMarker {
	readonly from: number;
	readonly to: number;
	readonly severity: 'error' | 'warning' | 'hint';
	readonly message: string;
	/** What can be done about it at once. */
	readonly fixes?: readonly CodeFix[];
}

/** A quick fix: the editor offers it, the page carries it out. */
export interface CodeFix {
	readonly title: string;
	readonly apply: () => void;
}
