/** The pages about what the workspace is made of, which come in one file. */
export { CataloguePage } from './catalogue/CataloguePage';
export { ChoosePage } from './choose/ChoosePage';
export { DataPage } from './data/DataPage';
export { EventsPage } from './data/EventsPage';
export { LivePage } from './live/LivePage';
export { SettingsPage } from './settings/SettingsPage';
