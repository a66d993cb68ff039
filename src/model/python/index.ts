export { type PythonCall, type PythonExpression, type PythonName, readCalls } from "./calls";
export { pythonTokens, type Token } from "./tokens";
export { type PythonValue, readValue, UNREAD } from "./values";
