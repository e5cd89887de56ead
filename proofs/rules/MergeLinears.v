(** * Merge linears

       x -> Linear(A1, b1), Linear(A2, b2)
       x -> Linear([A1; A2], [b1; b2]) -> its slices

    Source: arXiv 2406.01424, appendix A, case 5B. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma merge_linears m1 m2 n (A1 : 'M[R]_(m1, n)) (A2 : 'M_(m2, n)) b1 b2 x :
  lin (col_mx A1 A2) (col_mx b1 b2) x = col_mx (lin A1 b1 x) (lin A2 b2 x).
Proof. exact: lin_col. Qed.
Lemma merge_linears_first m1 m2 n (A1 : 'M[R]_(m1, n)) (A2 : 'M_(m2, n)) b1 b2 x :
  lin (upper R m1 m2) 0 (lin (col_mx A1 A2) (col_mx b1 b2) x) = lin A1 b1 x.
Proof. by rewrite merge_linears upperE. Qed.
Lemma merge_linears_second m1 m2 n (A1 : 'M[R]_(m1, n)) (A2 : 'M_(m2, n)) b1 b2 x :
  lin (lower R m1 m2) 0 (lin (col_mx A1 A2) (col_mx b1 b2) x) = lin A2 b2 x.
Proof. by rewrite merge_linears lowerE. Qed.
End Rule.
