/** Everything that Russian readers see: fetched by them alone. */
export { default as element } from 'element-plus/es/locale/lang/ru'
export { default as messages } from './ru.json'
