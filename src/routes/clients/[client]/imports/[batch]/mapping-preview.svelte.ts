/** What the mapping at hand makes of the file, asked for again shortly after every change. */
import * as v from 'valibot';
import { mappingPreview, type MappingPreviewBody } from '#lib/contract/imports.ts';

/** Typing is not over while keys come this fast. */
const CALM_MS = 250;

export class MappingPreview {
	readonly #address: string;
	#asked = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	answer = $state.raw<MappingPreviewBody | null>(null);

	constructor(address: string) {
		this.#address = address;
	}

	/** Asks for a mapping as it is sent; an older answer that comes late is dropped. */
	ask(mapping: string): void {
		clearTimeout(this.#timer);
		this.#asked += 1;
		const uid = this.#asked;
		this.#timer = setTimeout(() => void this.#fetch(mapping, uid), CALM_MS);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#asked += 1;
	}

	/** How the first cells of a field are read. */
	cellsOf(field: string): MappingPreviewBody['fields'][number]['cells'] {
		return this.answer?.fields.find((one) => one.field === field)?.cells ?? [];
	}

	async #fetch(mapping: string, uid: number): Promise<void> {
		try {
			const response = await fetch(`${this.#address}/preview`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: `{"mapping":${mapping}}`
			});
			const body = v.safeParse(mappingPreview, response.ok ? await response.json() : null);
			if (uid === this.#asked) this.answer = body.success ? body.output : null;
		} catch {
			// Offline: the dry run will tell; the page goes on without samples.
			if (uid === this.#asked) this.answer = null;
		}
	}
}
