import description from '../package.json' with { type: 'json' };

export const RELAY_VERSION = description.version;
