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

export type Words = Awaited<ReturnType<typeof wordsOf>>

/** The words of a language, the page's own and those of Element Plus, once they can be drawn. */
export async function wordsOf(language: Language) {
  if (language === 'en') return { messages: english, element: elementEnglish }
  const [words] = await Promise.all([import('./locales/russian'), cyrillicFaces()])
  return words
}

const FACES = ['400 30px "Sofia Sans Extra Condensed"', '400 16px "Golos Text"']
const LONGEST_MS = 1_000

/** Waits a second at most: then the words come in a face of the system. */
function cyrillicFaces() {
  const faces = FACES.map((face) => document.fonts.load(face, 'Я'))
  const enough = new Promise((resolve) => setTimeout(resolve, LONGEST_MS))
  return Promise.race([Promise.allSettled(faces), enough])
}

/** Makes everything that is said be said in `language`. */
export function speak(composer: Composer, language: Language, { messages }: Words) {
  composer.setLocaleMessage(language, messages)
  composer.locale.value = language
  document.documentElement.lang = language
}
