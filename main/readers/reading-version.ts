import about from '../../package.json' with { type: 'json' };

/** The version of the program, which is that of its readers: another version may read the same file otherwise. */
export const READING_VERSION: string = about.version;
