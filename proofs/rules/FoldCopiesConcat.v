(** * Fold a Concat of copies

       x -> Concat([x, ..., x])
       x -> Linear [I; ...; I]

    Source: arXiv 2406.01424, appendix A: copying is linear. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

(** Any number of copies: coordinate i of the Concat is coordinate f i of x. *)
Lemma fold_copies_concat m n (f : 'I_m -> 'I_n) (x : vec n) : \col_i x (f i) 0 = lin (sel R f) 0 x.
Proof. by rewrite /lin selE addr0. Qed.
(** Two copies, as stacked identities. *)
Lemma fold_copies_concat_two n (x : vec n) : col_mx x x = lin (col_mx 1%:M 1%:M) 0 x.
Proof. by rewrite /lin mul_col_mx !mul1mx addr0. Qed.
End Rule.
