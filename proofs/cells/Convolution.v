(** * A depthwise convolution over four tokens

       z = K_0 u_t + K_1 u_{t-1} + K_2 u_{t-2} + K_3 u_{t-3} + b

    Products are elementwise: each channel has four weights. In the language: Linear on the four values
    on top of each other, the old ones remembered from step to step, zero before the first token. *)
From Coq Require Import List QArith Arith Lia Ring.
Import ListNotations.
From LSRL Require Import Language FormsSound Vectors.
Local Open Scope nat_scope.

Record taps := {
  lag0 : list Q; lag1 : list Q; lag2 : list Q; lag3 : list Q; offset : list Q
}.
(** k channels. *)
Definition taps_fit (k : nat) (t : taps) : Prop :=
  length (lag0 t) = k /\ length (lag1 t) = k /\ length (lag2 t) = k /\ length (lag3 t) = k
  /\ length (offset t) = k.

(** Linear on [u_t; u_{t-1}; u_{t-2}; u_{t-3}]. *)
Definition convolution_rows (k : nat) (t : taps) : list (srow * Q) :=
  map (fun c => ([(c, nth c (lag0 t) 0%Q); (k + c, nth c (lag1 t) 0%Q);
      (k + (k + c), nth c (lag2 t) 0%Q); (k + (k + (k + c)), nth c (lag3 t) 0%Q)],
    nth c (offset t) 0%Q)) (seq 0 k).
Definition silence (k : nat) : list Q := repeat 0%Q k.

Section Convolution.
Variable F : oring.
Add Ring KRC : (k_ring F).
Local Notation vec := (list F).
Local Infix "+" := (vadd F).
Local Infix "*" := (vmul F).
Local Notation const := (constant F).

Definition convolve (t : taps) (u u1 u2 u3 : vec) : vec :=
  const (lag0 t) * u + const (lag1 t) * u1 + const (lag2 t) * u2 + const (lag3 t) * u3
  + const (offset t).

Lemma convolve_length k t u u1 u2 u3 : taps_fit k t ->
  length u = k -> length u1 = k -> length u2 = k -> length u3 = k ->
  length (convolve t u u1 u2 u3) = k.
Proof. intros (? & ? & ? & ? & ?) ? ? ? ?. unfold convolve. lengths. Qed.
Lemma convolution_ok k t u u1 u2 u3 : taps_fit k t ->
  length u = k -> length u1 = k -> length u2 = k -> length u3 = k ->
  linv F (convolution_rows k t) (u ++ u1 ++ u2 ++ u3) = convolve t u u1 u2 u3.
Proof.
  intros T L L1 L2 L3. apply nth_ext with (k0 F) (k0 F).
  - rewrite (convolve_length k) by assumption. unfold linv, convolution_rows.
    now rewrite !map_length, seq_length.
  - intros j J. unfold linv, convolution_rows in *. rewrite !map_length, seq_length in J.
    rewrite map_map, (nth_map_seq F) by exact J. cbn [fst snd dot].
    destruct T as (T0 & T1 & T2 & T3 & T4). unfold convolve.
    repeat first [rewrite nth_vadd by lengths | rewrite nth_vmul by lengths].
    rewrite !nth_constant, app_nth1 by lia.
    rewrite (app_nth2 u), (app_nth2 u), (app_nth2 u) by lia. rewrite L.
    replace (k + j - k)%nat with j by lia.
    replace (k + (k + j) - k)%nat with (k + j)%nat by lia.
    replace (k + (k + (k + j)) - k)%nat with (k + (k + j))%nat by lia.
    rewrite app_nth1, (app_nth2 u1), (app_nth2 u1) by lia. rewrite L1.
    replace (k + j - k)%nat with j by lia.
    replace (k + (k + j) - k)%nat with (k + j)%nat by lia.
    rewrite app_nth1, (app_nth2 u2) by lia. rewrite L2.
    replace (k + j - k)%nat with j by lia. ring.
Qed.
Lemma silence_length k : length (const (silence k)) = k.
Proof. unfold silence. rewrite constant_length. apply repeat_length. Qed.
End Convolution.
