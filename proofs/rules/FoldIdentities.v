(** * Fold identities

       x -> Linear(I, 0) -> ..., or x -> Slice of all of x -> ..., or x -> Concat([x]) -> ...
       x -> ...

    Source: ours. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma fold_identities n (x : vec n) : lin 1%:M 0 x = x.
Proof. exact: lin1. Qed.
Lemma fold_identities_slice n (x : vec n) : lin (sel R id) 0 x = x.
Proof. by rewrite /lin selE addr0; apply/matrixP => i j; rewrite mxE ord1. Qed.
(** A Concat of one input: x on top of nothing. *)
Lemma fold_identities_concat n (x : vec n) (nothing : vec 0) :
  col_mx x nothing = castmx (esym (addn0 n), erefl) x.
Proof.
apply/matrixP => i j; rewrite castmxE esymK cast_ord_id mxE.
by case: splitP => k e; [congr (x _ _); apply: val_inj | case: k e].
Qed.
End Rule.
