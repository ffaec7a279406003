/**
 * A card, or a metric of the library, carried over the canvas by pointer: mouse, pen or finger.
 * Nothing changes before it is let go, so Escape has nothing to restore but the picture.
 */
import type { ItemPlace } from './groups.ts';

export interface CarriedThing {
	readonly kind: 'item' | 'metric';
	readonly id: string;
	readonly label: string;
}

/** A press that moves less is a press. */
const THRESHOLD_PX = 4;
const EDGE_PX = 56;
const SCROLL_PX = 14;

export class CardDrag {
	#carried = $state.raw<CarriedThing | null>(null);
	#place = $state.raw<ItemPlace | null>(null);
	#point = $state.raw({ x: 0, y: 0 });
	readonly #ondrop: (thing: CarriedThing, place: ItemPlace) => void;
	#stop: (() => void) | null = null;

	constructor(ondrop: (thing: CarriedThing, place: ItemPlace) => void) {
		this.#ondrop = ondrop;
	}

	/** What is in the hand; null when nothing is. */
	get carried(): CarriedThing | null {
		return this.#carried;
	}
	/** Where it would come to lie. */
	get place(): ItemPlace | null {
		return this.#place;
	}
	get point(): { readonly x: number; readonly y: number } {
		return this.#point;
	}

	/** Call on `pointerdown` of a handle. */
	press(event: PointerEvent, thing: CarriedThing): void {
		if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
		this.cancel();
		const handle = event.currentTarget;
		const start = { x: event.clientX, y: event.clientY };
		const { pointerId } = event;
		let frame = 0;
		handle.setPointerCapture(pointerId);

		const move = (moved: PointerEvent) => {
			if (moved.pointerId !== pointerId) return;
			const far = Math.hypot(moved.clientX - start.x, moved.clientY - start.y);
			if (!this.#carried && far < THRESHOLD_PX) return;
			moved.preventDefault();
			this.#carried = thing;
			this.#point = { x: moved.clientX, y: moved.clientY };
			this.#place = placeAt(this.#point, thing);
			cancelAnimationFrame(frame);
			frame = requestAnimationFrame(scroll);
		};
		const scroll = () => {
			if (!scrollNear(this.#point)) return;
			this.#place = placeAt(this.#point, thing);
			frame = requestAnimationFrame(scroll);
		};
		const up = (released: PointerEvent) => {
			if (released.pointerId !== pointerId) return;
			const { carried, place } = this;
			this.cancel();
			if (carried && place) this.#ondrop(carried, place);
		};
		const escape = (pressed: KeyboardEvent) => {
			if (pressed.key !== 'Escape') return;
			pressed.preventDefault();
			pressed.stopPropagation();
			this.cancel();
		};
		const away = () => this.cancel();
		handle.addEventListener('pointermove', move);
		handle.addEventListener('pointerup', up);
		handle.addEventListener('pointercancel', away);
		window.addEventListener('keydown', escape, true);
		this.#stop = () => {
			cancelAnimationFrame(frame);
			handle.removeEventListener('pointermove', move);
			handle.removeEventListener('pointerup', up);
			handle.removeEventListener('pointercancel', away);
			window.removeEventListener('keydown', escape, true);
			if (handle.hasPointerCapture(pointerId)) handle.releasePointerCapture(pointerId);
		};
	}

	/** Lets go without a change. */
	cancel(): void {
		this.#stop?.();
		this.#stop = null;
		this.#carried = null;
		this.#place = null;
	}
}

function groupAt({ x, y }: { x: number; y: number }): HTMLElement | null {
	for (const element of document.elementsFromPoint(x, y)) {
		const group = element.closest<HTMLElement>('[data-drop-group]');
		if (group) return group;
	}
	return null;
}

/** The place under a point: before the first card whose middle lies below it. */
function placeAt(point: { x: number; y: number }, thing: CarriedThing): ItemPlace | null {
	const group = groupAt(point);
	if (!group) return null;
	const cards = [...group.querySelectorAll<HTMLElement>('[data-item]')].filter(
		(card) => !(thing.kind === 'item' && card.dataset['item'] === thing.id)
	);
	const below = cards.find((card) => {
		const { top, height } = card.getBoundingClientRect();
		return point.y < top + height / 2;
	});
	return { group: group.dataset['dropGroup'] || null, before: below?.dataset['item'] ?? null };
}

/** Scrolls what holds the canvas while the hand is near its edge; answers whether it did. */
function scrollNear({ x, y }: { x: number; y: number }): boolean {
	for (let element = groupAt({ x, y })?.parentElement; element; element = element.parentElement) {
		if (element.scrollHeight <= element.clientHeight + 1) continue;
		const { top, bottom } = element.getBoundingClientRect();
		const up = y < Math.max(top, 0) + EDGE_PX;
		const down = y > Math.min(bottom, innerHeight) - EDGE_PX;
		const before = element.scrollTop;
		if (up || down) element.scrollTop += up ? -SCROLL_PX : SCROLL_PX;
		if (element.scrollTop !== before) return true;
	}
	return false;
}
