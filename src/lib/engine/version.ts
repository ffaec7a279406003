/** Version of the engine: what a scorecard, a replay and a pack name as the meaning they rest on. */
export const ENGINE_VERSION = '0.1.0';
