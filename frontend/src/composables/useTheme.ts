import { computed, onScopeDispose, ref } from 'vue'

const STORED_AS = 'marquee.theme'
type Theme = 'light' | 'dark'

/** The system's theme until the visitor chooses one; the choice is remembered. */
export function useTheme() {
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const root = document.documentElement
  const isDark = ref(root.classList.contains('dark'))

  function show(theme: Theme) {
    isDark.value = theme === 'dark'
    root.classList.toggle('dark', isDark.value)
  }

  function choose(theme: Theme) {
    show(theme)
    try {
      localStorage.setItem(STORED_AS, theme)
    } catch {
      // Storage is off: the choice then lasts as long as the page.
    }
  }

  function follow(event: MediaQueryListEvent) {
    if (chosen() === null) show(event.matches ? 'dark' : 'light')
  }

  show(chosen() ?? (system.matches ? 'dark' : 'light'))
  system.addEventListener('change', follow)
  onScopeDispose(() => system.removeEventListener('change', follow))
  return {
    isDark: computed(() => isDark.value),
    toggle: () => choose(isDark.value ? 'light' : 'dark'),
  }
}

function chosen(): Theme | null {
  try {
    const theme = localStorage.getItem(STORED_AS)
    return theme === 'light' || theme === 'dark' ? theme : null
  } catch {
    return null
  }
}
