/**
 * True while an input method is composing: Enter then chooses a candidate and must not submit.
 * Safari ends the composition before the key event, which it marks by key code 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
	return event.isComposing || event.keyCode === 229;
}
