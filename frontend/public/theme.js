// Runs before the first paint, so that nobody sees the wrong theme flash by.
// A file of its own because the page's policy allows no inline script.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('marquee.theme')
  } catch {
    // Storage may be switched off; the system's theme then holds.
  }
  var system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  var theme = chosen === 'dark' || chosen === 'light' ? chosen : system
  document.documentElement.classList.toggle('dark', theme === 'dark')
})()
