(** * Fold linears

       x -> Linear(A1, b1) -> Linear(A2, b2)
       x -> Linear(A2 A1, A2 b1 + b2)

    Source: composition of affine maps. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma fold_linears k m n (A2 : 'M[R]_(k, m)) b2 (A1 : 'M_(m, n)) b1 x :
  lin A2 b2 (lin A1 b1 x) = lin (A2 *m A1) (A2 *m b1 + b2) x.
Proof. by rewrite /lin mulmxDr mulmxA addrA. Qed.
End Rule.
