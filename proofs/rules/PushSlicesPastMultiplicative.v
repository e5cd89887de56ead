(** * Push slices past a Multi

       x -> slice [p1; q1] -> Multi, ..., slice [pk; qk] -> Multi, and other slices
       x -> Linear [p; x; q; 1] -> Multi -> slices of p * q, and slice x, which the others now read

    Here p = P x stacks p1, ..., pk, and q = Q x stacks q1, ..., qk.
    Source: arXiv 2406.01424, appendix A, case 5A; x is carried as in case 1B. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma push_slices_past_multiplicative m n (P Q : 'M[R]_(m, n)) (x : vec n) :
  multi (lin (col_mx (col_mx P 1%:M) (col_mx Q 0)) (col_mx 0 (col_mx 0 (ones R n))) x)
  = col_mx (had (P *m x) (Q *m x)) x.
Proof.
rewrite -[0 : vec (m + n)]vsubmxK !linear0 !lin_col lin1 [lin 0 _ _]/lin mul0mx add0r.
rewrite /lin !addr0 /multi col_mxKu col_mxKd; apply/matrixP => i j; rewrite ord1 {j} !mxE.
by case: (split i) => k; rewrite !mxE ?mulr1.
Qed.
(** A coordinate of the product is that of the Multi of its slice: elementwise. *)
Lemma push_slices_past_multiplicative_slice m n (f : 'I_m -> 'I_n) (p q : vec n) :
  sel R f *m had p q = had (sel R f *m p) (sel R f *m q).
Proof. by rewrite !selE; apply/matrixP => i j; rewrite !mxE. Qed.
End Rule.
