/** Reads an answer of JSON lines, each as soon as it is there. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let rest = '';
	for (;;) {
		const { done, value } = await reader.read();
		const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
		rest = done ? '' : (lines.pop() ?? '');
		for (const line of lines) if (line !== '') yield JSON.parse(line);
		if (done) return;
	}
}
