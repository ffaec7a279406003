import { twMerge } from 'tailwind-merge';

/** Joins class names; where two set the same property, the later one wins. */
export function classNames(...names: (string | false | null | undefined)[]): string {
	return twMerge(names.filter(Boolean).join(' '));
}
