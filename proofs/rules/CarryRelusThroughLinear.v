(** * Carry ReLUs through a Linear

       x -> ReLU, and Linear(A, b) -> ReLU
       x -> Linear([I; A], [0; b]) -> ReLU -> slices

    Source: arXiv 2406.01424, appendix A, case 7A. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma carry_relus_through_linear m n (A : 'M[R]_(m, n)) b x :
  relu (lin (col_mx 1%:M A) (col_mx 0 b) x) = col_mx (relu x) (relu (lin A b x)).
Proof. by rewrite lin_col lin1 relu_col. Qed.
End Rule.
