// How tightly operators bind, loosest first.
export const OR = 1;
export const AND = 2;
export const NOT = 3;
export const EQUALITY = 4;
const COMPARISON = 5;
const BITS = 6;
export const SUM = 7;
const PRODUCT = 8;
const CONCATENATION = 9;
export const COLLATE = 10;
export const PREFIX = 11;
/** Of what is no operator. */
export const NONE = 0;

/** How tightly an infix operator binds. */
export function levelOf(word: string): number {
  switch (word) {
    case "":
    case ",":
    case ")":
    case "FROM":
      return NONE;
    case "=":
    case "==":
    case "<>":
    case "!=":
    case "IS":
    case "IN":
    case "LIKE":
    case "GLOB":
    case "REGEXP":
    case "MATCH":
    case "BETWEEN":
    case "ISNULL":
    case "NOTNULL":
      return EQUALITY;
    case "AND":
      return AND;
    case "OR":
      return OR;
    case "NOT":
      return NOT;
    case "<":
    case "<=":
    case ">":
    case ">=":
      return COMPARISON;
    case "&":
    case "|":
    case "<<":
    case ">>":
      return BITS;
    case "+":
    case "-":
      return SUM;
    case "*":
    case "/":
    case "%":
      return PRODUCT;
    case "||":
    case "->":
    case "->>":
      return CONCATENATION;
    case "COLLATE":
      return COLLATE;
    default:
      return NONE;
  }
}
