import { modelSettings } from './settings.js';

const URL_SET = { QUARTERDECK_MODEL_URL: 'https://models.example.com/v1' };
const EMBEDDING = { QUARTERDECK_EMBEDDING_MODEL: 'words-1' };
const ANSWER = { QUARTERDECK_ANSWER_MODEL: 'writer-1' };
const url = 'https://models.example.com/v1';

test.each([
  ['nothing is set', {}, null],
  ['everything is empty', { QUARTERDECK_MODEL_URL: '', QUARTERDECK_EMBEDDING_MODEL: '' }, null],
  ['one model', { ...URL_SET, ...EMBEDDING }, { url, embeddingModel: 'words-1' }],
  ['the other', { ...URL_SET, ...ANSWER, QUARTERDECK_MODEL_KEY: 'k' }, { url, answerModel: 'writer-1', key: 'k' }],
])('%s: models are as configured', (_what, env, settings) => {
  expect(modelSettings(env)).toEqual(settings);
});

test.each([
  ['a model without a URL', EMBEDDING, 'QUARTERDECK_MODEL_URL is not set'],
  ['a URL without a model', URL_SET, 'set QUARTERDECK_EMBEDDING_MODEL or QUARTERDECK_ANSWER_MODEL'],
  ['what is no URL', { QUARTERDECK_MODEL_URL: 'models', ...ANSWER }, 'QUARTERDECK_MODEL_URL is no http(s) URL'],
  ['another protocol', { QUARTERDECK_MODEL_URL: 'file:///x', ...ANSWER }, 'QUARTERDECK_MODEL_URL is no http(s) URL'],
])('%s is refused, naming the setting', (_what, env, message) => {
  expect(() => modelSettings(env)).toThrow(message);
});
