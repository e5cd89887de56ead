(** * Carry Concats through a ReLU

       x -> ReLU, and Concats that read x
       x -> Linear [I; -I] -> ReLU = [u; v] -> slice u, and u - v, which the Concats now read

    Source: arXiv 2406.01424, appendix A, case 9. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Definition both n : 'M[R]_(n + n, n) := col_mx 1%:M (- 1%:M).
Lemma both_signs n (x : vec n) : relu (lin (both n) 0 x) = col_mx (relu x) (relu (- x)).
Proof. by rewrite -[0 : vec (n + n)]vsubmxK !linear0 lin_col lin1 linN1 relu_col. Qed.
Lemma carry_concats_through_relu_relu n (x : vec n) :
  lin (upper R n n) 0 (relu (lin (both n) 0 x)) = relu x.
Proof. by rewrite both_signs upperE. Qed.
Lemma carry_concats_through_relu k m n (y : vec k) (z : vec m) (x : vec n) :
  col_mx y (col_mx (lin (difference R n) 0 (relu (lin (both n) 0 x))) z) = col_mx y (col_mx x z).
Proof. by rewrite both_signs differenceE relu_split. Qed.
End Rule.
