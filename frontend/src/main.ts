import 'element-plus/theme-chalk/base.css'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

import { createPinia } from 'pinia'
import { createApp } from 'vue'

import App from './App.vue'
import { preferredLanguage } from './composables/useLanguage'
import { fetchAhead } from './fetchAhead'
import { createAppI18n, speak, wordsOf } from './i18n'
import { createAppRouter } from './router'

const i18n = createAppI18n()
const app = createApp(App).use(createPinia()).use(createAppRouter()).use(i18n)

// Nobody sees a language flash by that is not theirs. One whose words do not come is English.
const language = preferredLanguage()
wordsOf(language)
  .then((words) => speak(i18n.global, language, words))
  .catch(() => undefined)
  .finally(() => {
    app.mount('#app')
    fetchAhead()
  })
