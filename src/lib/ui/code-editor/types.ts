/** A finding to be shown in the text, by offsets of characters. */
export interface CodeMarker {
	readonly from: number;
	readonly to: number;
	readonly severity: 'error' | 'warning' | 'hint';
	readonly message: string;
}
