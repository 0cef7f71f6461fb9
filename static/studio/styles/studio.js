import { controlSheet } from "./controls.js";
import { layoutSheet } from "./layout.js";

export const studioSheets = () => [layoutSheet(), controlSheet()];
