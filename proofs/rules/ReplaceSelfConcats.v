(** * Replace self-Concats

       x -> Concat([x, ..., x]), and other Concats that read x
       x -> Linear [I; ...; I], and the other Concats

    Source: arXiv 2406.01424, appendix A, case 4. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

(** Any number of copies: coordinate i of the Concat is coordinate f i of x. *)
Lemma replace_self_concats m n (f : 'I_m -> 'I_n) (x : vec n) : \col_i x (f i) 0 = lin (sel R f) 0 x.
Proof. by rewrite /lin selE addr0. Qed.
(** Two copies, as stacked identities. *)
Lemma replace_self_concats_two n (x : vec n) : col_mx x x = lin (col_mx 1%:M 1%:M) 0 x.
Proof. by rewrite /lin mul_col_mx !mul1mx addr0. Qed.
End Rule.
