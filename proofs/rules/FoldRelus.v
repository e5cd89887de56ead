(** * Fold ReLUs

       x -> ReLU -> ReLU
       x -> ReLU

    Source: arXiv 2406.01424, appendix A. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma fold_relus n (x : vec n) : relu (relu x) = relu x.
Proof. by apply/matrixP => i j; rewrite !mxE relu1_pos // relu1_ge0. Qed.
End Rule.
