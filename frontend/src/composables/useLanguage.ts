import { provideGlobalConfig } from 'element-plus'
import elementEnglish from 'element-plus/es/locale/lang/en'
import { computed, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'

import { LANGUAGES, type Language, type Words, speak, wordsOf } from '@/i18n'

const STORED_AS = 'marquee.language'

/** The language that the visitor chose, else the browser's first that we have, else English. */
export function preferredLanguage(): Language {
  const wanted = [chosen(), ...navigator.languages.map((tag) => tag.split('-')[0])]
  return wanted.find(isOurs) ?? 'en'
}

/** The language that is spoken, and the way to another one; the choice is remembered. */
export function useLanguage() {
  const composer = useI18n({ useScope: 'global' })
  const language = computed(() => composer.locale.value as Language)
  let newest: Language | undefined

  /** Throws when the words of `next` do not come; then nothing changes. */
  async function choose(next: Language) {
    newest = next
    const words = await wordsOf(next)
    if (newest !== next) return
    speak(composer, next, words)
    remember(next)
  }

  return { language, choose }
}

/** Lets the parts of Element Plus speak the same language; for the root of the app. */
export function useElementLanguage() {
  const { t } = useI18n()
  const { language } = useLanguage()
  const words = shallowRef<Words['element']>(elementEnglish)
  watch(language, async (now) => (words.value = (await wordsOf(now)).element), { immediate: true })

  // Its Russian leaves these in English.
  const closing = computed(() => ({ dialog: { close: t('close') }, drawer: { close: t('close') } }))
  const locale = computed(() => ({ ...words.value, el: { ...words.value.el, ...closing.value } }))
  provideGlobalConfig(computed(() => ({ locale: locale.value })))
}

function isOurs(language: string | null | undefined): language is Language {
  return !!language && Object.hasOwn(LANGUAGES, language)
}

function chosen(): string | null {
  try {
    return localStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}

function remember(language: Language) {
  try {
    localStorage.setItem(STORED_AS, language)
  } catch {
    // Storage is off: the choice then lasts as long as the page.
  }
}
