import { configureJourneys } from './playwright.base.ts';

export default configureJourneys('browser');
