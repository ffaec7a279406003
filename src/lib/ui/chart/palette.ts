/** The colours of the page as a chart needs them: resolved, because a chart cannot read variables. */
export interface ChartPalette {
	readonly ink: string;
	readonly inkSoft: string;
	readonly line: string;
	readonly surface: string;
	readonly accent: string;
	readonly up: string;
	readonly upSoft: string;
	readonly down: string;
	readonly downSoft: string;
	readonly same: string;
	readonly sameSoft: string;
	readonly good: string;
	readonly warn: string;
	readonly bad: string;
}

const VARIABLES: Readonly<Record<keyof ChartPalette, string>> = {
	ink: '--ink',
	inkSoft: '--ink-soft',
	line: '--line',
	surface: '--surface',
	accent: '--accent',
	up: '--up',
	upSoft: '--up-soft',
	down: '--down',
	downSoft: '--down-soft',
	same: '--same',
	sameSoft: '--same-soft',
	good: '--good',
	warn: '--warn',
	bad: '--bad'
};

/** Reads the palette in force at an element. */
export function readPalette(element: HTMLElement): ChartPalette {
	const probe = document.createElement('span');
	element.append(probe);
	const read = (variable: string): string => {
		probe.style.color = `var(${variable})`;
		return getComputedStyle(probe).color;
	};
	const entries = Object.entries(VARIABLES).map(([name, variable]) => [name, read(variable)]);
	probe.remove();
	return Object.fromEntries(entries) as Record<keyof ChartPalette, string>;
}
