/** Reads an answer of JSON lines, each as soon as it is there. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (;;) {
		const { done, value } = await reader.read();
		const lines = (rest + (value ?? '')).split('\n');
		rest = done ? '' : (lines.pop() ?? '');
		for (const line of lines) if (line !== '') yield JSON.parse(line);
		if (done) return;
	}
}
