(** * Push slices forward

       x -> slice -> slice              x -> slice
       x -> slice -> Linear(A, b)       x -> Linear(A S, b)
       x -> slice -> LinState(A, B, b)  x -> LinState(A, B S, b)
       x -> slice -> ReLU               x -> ReLU -> slice
       x -> slices -> Concat            x -> Linear [S1; ...; Sk]

    The matrix S of a slice is [sel f]: row i selects coordinate f i. The paper's remark that ReLU
    commutes with every A of non-negative eigenvalues is false: see the last lemma.
    Source: arXiv 2406.01424, appendix A, case 5A. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

Lemma push_slices_forward_slice k m n (g : 'I_k -> 'I_m) (f : 'I_m -> 'I_n) (x : vec n) :
  sel R g *m (sel R f *m x) = sel R (f \o g) *m x.
Proof. by rewrite !selE; apply/matrixP => i j; rewrite !mxE. Qed.
Lemma push_slices_forward_linear k m n (A : 'M[R]_(k, m)) b (f : 'I_m -> 'I_n) (x : vec n) :
  lin A b (sel R f *m x) = lin (A *m sel R f) b x.
Proof. by rewrite /lin mulmxA. Qed.
Lemma push_slices_forward_lin_state k m n (A : 'M[R]_k) (B : 'M_(k, m)) b s (f : 'I_m -> 'I_n) xs :
  linstate A B b s (map (mulmx (sel R f)) xs) = linstate A (B *m sel R f) b s xs.
Proof. by elim: xs s => [|x xs IH] s //=; rewrite mulmxA IH. Qed.
Lemma push_slices_forward_relu m n (f : 'I_m -> 'I_n) (x : vec n) :
  relu (sel R f *m x) = sel R f *m relu x.
Proof. by rewrite !selE; apply/matrixP => i j; rewrite !mxE. Qed.
Lemma push_slices_forward_concat k m n (f : 'I_k -> 'I_n) (g : 'I_m -> 'I_n) (x : vec n) :
  col_mx (sel R f *m x) (sel R g *m x) = lin (col_mx (sel R f) (sel R g)) 0 x.
Proof. by rewrite /lin mul_col_mx addr0. Qed.
(** A = [[1, -1], [0, 1]] has the eigenvalue 1 only, and does not commute with ReLU at (0, 1). *)
Lemma relu_and_a_matrix_need_not_commute :
  let A : 'M[R]_(1 + 1) := block_mx 1%:M (- 1%:M) 0 1%:M in
  let x : vec (1 + 1) := col_mx 0 1%:M in
  relu (A *m x) <> A *m relu x.
Proof.
move=> A x.
have -> : A *m x = col_mx (- 1%:M) 1%:M.
  by rewrite /A /x mul_block_col !mulNmx !mul1mx !mul0mx !add0r.
have -> : relu x = x by rewrite /x relu_col; congr col_mx; apply/matrixP => i j;
  rewrite !mxE relu1_pos // ?ord1 ler01.
have -> : A *m x = col_mx (- 1%:M) 1%:M.
  by rewrite /A /x mul_block_col !mulNmx !mul1mx !mul0mx !add0r.
move/matrixP /(_ (lshift 1 0) 0); rewrite relu_col !col_mxEu !mxE relu1_neg ?oppr_le0 ?ler01 //.
by move/eqP; rewrite eq_sym oppr_eq0 oner_eq0.
Qed.
End Rule.
