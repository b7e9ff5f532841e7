// References to objects of any kind, as COMMENT, DROP and ALTER have them.
import type { NamedObject } from "./control.ts";
import type { NumberLiteral, TypeName } from "./leaf.ts";
import type { ObjectName, QualifiedOperator, Span } from "./name.ts";
import type { Routine, RoutineArgument } from "./postgres-command.ts";

/** A kind of object that takes more than a name to refer to it. */
export type OtherObject =
  | "AGGREGATE"
  | "CAST"
  | "COLUMN"
  | "CONSTRAINT"
  | "DOMAIN"
  | "DOMAIN CONSTRAINT"
  | "FUNCTION"
  | "LARGE OBJECT"
  | "OPERATOR"
  | "OPERATOR CLASS"
  | "OPERATOR FAMILY"
  | "POLICY"
  | "PROCEDURE"
  | "ROUTINE"
  | "RULE"
  | "TRANSFORM"
  | "TRIGGER"
  | "TYPE";

/** One object, of the kind that `object` says. */
export interface ObjectReference extends Span {
  readonly kind: "object";
  readonly object: NamedObject | OtherObject;
  /**
   * A Routine for functions, procedures and aggregates (without arguments an aggregate is `a(*)`);
   * a TypeName for a TYPE and a DOMAIN (in ALTER an ObjectName), for the first type of a CAST and
   * the type of a TRANSFORM; a number for a LARGE OBJECT.
   */
  readonly name: ObjectName | Routine | QualifiedOperator | TypeName | NumberLiteral;
  /**
   * What the name belongs to: the table of a COLUMN, CONSTRAINT, POLICY, RULE or TRIGGER, the
   * domain of a DOMAIN CONSTRAINT, the method of an OPERATOR CLASS or FAMILY, the language of a
   * TRANSFORM, the second type of a CAST.
   */
  readonly of: ObjectName | TypeName | null;
  /** Arguments of an AGGREGATE behind its ORDER BY. */
  readonly ordered: readonly RoutineArgument[];
  /** Operands of an OPERATOR; null is NONE. */
  readonly left: TypeName | null;
  readonly right: TypeName | null;
}
