(** * Carry Concats through a Linear

       x -> Linear(A, b), and Concats that read x
       x -> Linear([A; I], [b; 0]) -> slice for the Linear, and slice x, which the Concats now read

    Source: arXiv 2406.01424, appendix A, case 8. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma carry_concats_through_linear m n (A : 'M[R]_(m, n)) b x :
  lin (col_mx A 1%:M) (col_mx b 0) x = col_mx (lin A b x) x.
Proof. by rewrite lin_col lin1. Qed.
Lemma carry_concats_through_linear_slice m n (A : 'M[R]_(m, n)) b x :
  lin (lower R m n) 0 (lin (col_mx A 1%:M) (col_mx b 0) x) = x.
Proof. by rewrite carry_concats_through_linear lowerE. Qed.
End Rule.
