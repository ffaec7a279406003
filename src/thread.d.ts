/** Path of a built worker thread; see src/launch/README.md. */
declare module '*?thread' {
	const path: string;
	export default path;
}
