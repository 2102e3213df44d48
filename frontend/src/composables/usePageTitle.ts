import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'

/** Names the document after the page that is open. A film that lies over it names it anew. */
export function usePageTitle() {
  const { t } = useI18n()
  const route = useRoute()
  const title = () =>
    route.meta.title ? t('page.titled', { title: t(route.meta.title) }) : t('page.home')
  watch(
    () => [route.fullPath, title()] as const,
    ([, now]) => (document.title = now),
    { immediate: true },
  )
}
