(** * Drop unread coordinates

       Linear(A, b) -> readers that do not read the lower coordinates y of [x; y]
       Linear without those rows -> the same readers without those columns

    and so for ReLU, Multi and LinState. Which coordinates are below is a matter of their order.
    Source: ours: 0 y = 0. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import Operations.
Set Implicit Arguments. Unset Strict Implicit. Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.Theory.
Local Open Scope ring_scope.

Section Rule.
Variable R : realDomainType.
Notation vec n := 'cV[R]_n.

(** The readers: a zero column reads nothing. *)
Lemma drop_unread_coordinates k m n (A : 'M[R]_(k, m)) b (x : vec m) (y : vec n) :
  lin (row_mx A 0) b (col_mx x y) = lin A b x.
Proof. by rewrite /lin mul_row_col mul0mx addr0. Qed.
Lemma drop_unread_coordinates_reader k m n (A : 'M[R]_k) (B : 'M_(k, m)) b s
    (us : seq (vec m)) (vs : seq (vec n)) : size us = size vs ->
  linstate A (row_mx B 0) b s (zip_col us vs) = linstate A B b s us.
Proof.
by elim: us vs s => [|u us IH] [|v vs] s //= [e]; rewrite mul_row_col mul0mx addr0 IH.
Qed.
(** What is read: rows of a Linear, coordinates of ReLU and Multi, by selection. *)
Lemma drop_unread_coordinates_linear k m n (f : 'I_k -> 'I_m) (A : 'M[R]_(m, n)) b x :
  sel R f *m lin A b x = lin (sel R f *m A) (sel R f *m b) x.
Proof. by rewrite /lin mulmxDr mulmxA. Qed.
Lemma drop_unread_coordinates_relu k m (f : 'I_k -> 'I_m) (x : vec m) :
  sel R f *m relu x = relu (sel R f *m x).
Proof. by rewrite !selE; apply/matrixP => i j; rewrite !mxE. Qed.
Lemma drop_unread_coordinates_multi k m (f : 'I_k -> 'I_m) (p q : vec m) :
  sel R f *m multi (col_mx p q) = multi (col_mx (sel R f *m p) (sel R f *m q)).
Proof. by rewrite /multi !col_mxKu !col_mxKd !selE; apply/matrixP => i j; rewrite !mxE. Qed.
(** Coordinates of a state that the others do not remember. *)
Lemma drop_unread_coordinates_lin_state m k n (A : 'M[R]_m) (C : 'M_(k, m)) (D : 'M_k)
    (B1 : 'M_(m, n)) (B2 : 'M_(k, n)) b1 b2 s1 s2 xs :
  map (lin (upper R m k) 0)
    (linstate (block_mx A 0 C D) (col_mx B1 B2) (col_mx b1 b2) (col_mx s1 s2) xs)
  = linstate A B1 b1 s1 xs.
Proof.
elim: xs s1 s2 => [|x xs IH] s1 s2 //=.
by rewrite mul_block_col !mul0mx addr0 mul_col_mx !add_col_mx upperE IH.
Qed.
End Rule.
