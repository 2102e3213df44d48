import elementEnglish from 'element-plus/es/locale/lang/en'
import { type Composer, createI18n } from 'vue-i18n'

import english from './locales/en.json'

/** The page's languages, each by its own name. */
export const LANGUAGES = { en: 'English', ru: 'Русский' } as const
export type Language = keyof typeof LANGUAGES

const NUMBERS = {
  rating: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  year: { useGrouping: false },
}

const russian = new Intl.PluralRules('ru')
const FORMS: Record<Intl.LDMLPluralRule, number> = {
  one: 0,
  few: 1,
  many: 2,
  other: 1, // fractions: "2,5 фильма"
  zero: 2,
  two: 1,
}
/** Which of "1 фильм | 2 фильма | 5 фильмов" goes with `count`, from 0. */
export const russianForm = (count: number): number => FORMS[russian.select(count)]

/** Speaks English until it is told otherwise. */
export function createAppI18n() {
  return createI18n<false>({
    legacy: false,
    locale: 'en',
    messages: { en: english },
    numberFormats: { en: NUMBERS, ru: NUMBERS },
    pluralRules: { ru: russianForm },
  })
}

/** The words of a language: the page's own, and those of Element Plus. */
export async function wordsOf(language: Language) {
  if (language === 'ru') return import('./locales/russian')
  return { messages: english, element: elementEnglish }
}

/** Makes everything that is said be said in `language`; throws when its words do not come. */
export async function speak(composer: Composer, language: Language) {
  const { messages } = await wordsOf(language)
  composer.setLocaleMessage(language, messages)
  composer.locale.value = language
  document.documentElement.lang = language
}
