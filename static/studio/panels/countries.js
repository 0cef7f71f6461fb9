import { h } from "../dom.js";

// ISO 3166-1 codes; their names come from the browser in the page's language.
const CODES =
  "AD AE AL AM AR AT AU AZ BA BB BE BG BH BO BR BS BW CA CH CL CO CR CY CZ DE DK DO EC EE EG ES FI FR GB GE GR GT HK HR HU ID IE IL IN IS IT JM JO JP KE KR KW LI LT LU LV MA MC MD ME MK MT MU MX MY NG NL NO NZ OM PA PE PH PK PL PT PY QA RO RS SA SE SG SI SK TH TN TR TT TW UA US UY VN ZA";

export function countryOptions() {
  const language = document.documentElement.lang || "en";
  const names = new Intl.DisplayNames([language], { type: "region" });
  return CODES.split(" ")
    .map((code) => ({ code, name: names.of(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, language))
    .map(({ code, name }) => h("option", { value: code }, name));
}

// English says "shipped to the United States"; the browser's names come without the article.
const WITH_ARTICLE = "AE CZ DO GB NL PH US";

export function countryName(code) {
  const language = document.documentElement.lang || "en";
  const name = new Intl.DisplayNames([language], { type: "region" }).of(code);
  return language.startsWith("en") && WITH_ARTICLE.includes(code) ? `the ${name}` : name;
}
