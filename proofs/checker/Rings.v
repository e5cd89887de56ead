(** * The checker at the rationals and at the reals

    Canonical rationals (no axioms) and the reals of Coq's library (with its axioms) are ordered rings
    that receive Q; [check_sound_Q] and [check_sound_R] are [check_sound] there. *)
From Coq Require Import QArith Qcanon Qreals Reals Lra Lia List.
From LSRL Require Import Language WellFormed Checker CheckSound.

(** ** The rationals *)
Definition qcrelu (x : Qc) : Qc := if Qc_eq_dec x 0 then 0 else if Qclt_le_dec 0 x then x else 0.
Lemma qcrelu_pos x : (0 <= x)%Qc -> qcrelu x = x.
Proof.
  intro H. unfold qcrelu. destruct (Qc_eq_dec x 0) as [->|N]; auto.
  destruct (Qclt_le_dec 0 x); auto. exfalso. apply N. apply Qcle_antisym; auto.
Qed.
Lemma qcrelu_neg x : (x <= 0)%Qc -> qcrelu x = 0%Qc.
Proof.
  intro H. unfold qcrelu. destruct (Qc_eq_dec x 0); auto.
  destruct (Qclt_le_dec 0 x) as [L|]; auto. exfalso. apply (Qcle_not_lt _ _ H L).
Qed.
Lemma qcle_dec (x : Qc) : (0 <= x)%Qc \/ (x <= 0)%Qc.
Proof. destruct (Qclt_le_dec 0 x); [left; apply Qclt_le_weak|right]; assumption. Qed.
Lemma qcnn_add x y : (0 <= x -> 0 <= y -> 0 <= x + y)%Qc.
Proof. intros. replace 0%Qc with (0+0)%Qc by ring. apply Qcplus_le_compat; assumption. Qed.
Lemma qcnn_mul x y : (0 <= x -> 0 <= y -> 0 <= x * y)%Qc.
Proof. intros. replace 0%Qc with (0*y)%Qc by ring. apply Qcmult_le_compat_r; assumption. Qed.
Lemma qcopp_nn x : (x <= 0 -> 0 <= - x)%Qc.
Proof. intro. replace 0%Qc with (-0)%Qc by ring. apply Qcopp_le_compat; assumption. Qed.
Lemma qcopp_np x : (0 <= x -> - x <= 0)%Qc.
Proof. intro. replace 0%Qc with (-0)%Qc by ring. apply Qcopp_le_compat; assumption. Qed.
Lemma qc_nonpos_scale c x : (0 <= c -> x <= 0 -> c * x <= 0)%Qc.
Proof.
  intros. replace (c*x)%Qc with (-(c * -x))%Qc by ring. apply qcopp_np, qcnn_mul; auto using qcopp_nn.
Qed.

Lemma qc_inj_eq p q : (p == q)%Q -> Q2Qc p = Q2Qc q.
Proof. intro H. apply Qc_is_canon. change (Qred p == Qred q)%Q. rewrite !Qred_correct. exact H. Qed.
Lemma qc_inj_add p q : Q2Qc (p + q) = (Q2Qc p + Q2Qc q)%Qc.
Proof. apply Qc_is_canon. change (Qred (p+q) == Qred (Qred p + Qred q))%Q. rewrite !Qred_correct. reflexivity. Qed.
Lemma qc_inj_mul p q : Q2Qc (p * q) = (Q2Qc p * Q2Qc q)%Qc.
Proof. apply Qc_is_canon. change (Qred (p*q) == Qred (Qred p * Qred q))%Q. rewrite !Qred_correct. reflexivity. Qed.
Lemma qc_nn_inj q : (0 <= q)%Q -> (0 <= Q2Qc q)%Qc.
Proof. intro H. change (Qred 0 <= Qred q)%Q. rewrite !Qred_correct. exact H. Qed.
Lemma qc_relu_nn x : (0 <= qcrelu x)%Qc.
Proof. destruct (qcle_dec x) as [H|H]; [rewrite qcrelu_pos|rewrite qcrelu_neg]; auto. apply Qcle_refl. Qed.
Lemma qc_relu_opp x : qcrelu (- x) = (qcrelu x - x)%Qc.
Proof.
  destruct (qcle_dec x) as [H|H].
  - rewrite (qcrelu_pos x), (qcrelu_neg (-x)); auto using qcopp_np. ring.
  - rewrite (qcrelu_neg x), (qcrelu_pos (-x)); auto using qcopp_nn. ring.
Qed.
Lemma qc_relu_scale c x : (0 <= c)%Qc -> qcrelu (c * x) = (c * qcrelu x)%Qc.
Proof.
  intro H. destruct (qcle_dec x) as [I|I].
  - rewrite (qcrelu_pos x), qcrelu_pos; auto. apply qcnn_mul; assumption.
  - rewrite (qcrelu_neg x), qcrelu_neg; auto. ring. apply qc_nonpos_scale; assumption.
Qed.
Lemma qc_relu_le x y : (0 <= y - x -> 0 <= y -> 0 <= y - qcrelu x)%Qc.
Proof.
  intros H N. destruct (qcle_dec x) as [I|I]; [rewrite qcrelu_pos|rewrite qcrelu_neg]; auto.
  unfold Qcminus. replace (y + - 0)%Qc with y by ring. exact N.
Qed.
Lemma qc_nn_square x : (0 <= x * x)%Qc.
Proof.
  destruct (qcle_dec x) as [H|H]; [apply qcnn_mul; assumption|].
  replace (x * x)%Qc with (-x * -x)%Qc by ring. apply qcnn_mul; apply qcopp_nn, H.
Qed.
Lemma qc_nn_total x : (0 <= x)%Qc \/ (0 <= - x)%Qc.
Proof. destruct (qcle_dec x) as [H|H]; [now left|right; apply qcopp_nn, H]. Qed.
Definition Qc_oring : oring :=
  Build_oring Qc 0%Qc 1%Qc Qcplus Qcmult Qcminus Qcopp Qcrt qcrelu (Qcle 0) Q2Qc
    qc_inj_eq eq_refl eq_refl qc_inj_add qc_inj_mul qc_nn_inj qcnn_add qcnn_mul
    qc_relu_nn qcrelu_pos qc_relu_opp qc_relu_scale qc_relu_le qc_nn_square qc_nn_total.

(** ** The reals *)
Local Open Scope R_scope.
Program Definition R_oring : oring := {|
  car := R; k0 := 0; k1 := 1; kadd := Rplus; kmul := Rmult; ksub := Rminus; kopp := Ropp;
  krelu := fun x => Rmax x 0; knn := Rle 0; inj := Q2R |}.
Next Obligation. constructor; intros; ring. Qed.
Next Obligation. apply Qeq_eqR. assumption. Qed.
Next Obligation. apply RMicromega.Q2R_0. Qed.
Next Obligation. apply RMicromega.Q2R_1. Qed.
Next Obligation. apply Q2R_plus. Qed.
Next Obligation. apply Q2R_mult. Qed.
Next Obligation. rewrite <- RMicromega.Q2R_0. apply Qle_Rle. assumption. Qed.
Next Obligation. lra. Qed.
Next Obligation. apply Rmult_le_pos; assumption. Qed.
Next Obligation. apply Rmax_r. Qed.
Next Obligation. apply Rmax_left. assumption. Qed.
Next Obligation. unfold Rmax. destruct (Rle_dec x 0), (Rle_dec (-x) 0); lra. Qed.
Next Obligation.
  rewrite <- RmaxRmult by assumption. f_equal. ring.
Qed.
Next Obligation. unfold Rmax. destruct (Rle_dec x 0); lra. Qed.
Next Obligation. apply Rle_0_sqr. Qed.
Next Obligation. destruct (Rle_dec 0 x); [left|right]; lra. Qed.

(** ** Soundness *)
Theorem check_sound_Q fnd wit ins n src tgt c : check fnd wit ins n src tgt c = true ->
  forall xs, Forall (good_input Qc_oring ins n) xs ->
  strict Qc_oring src xs = Some (sem Qc_oring src xs) /\
  strict Qc_oring tgt xs = Some (sem Qc_oring src xs).
Proof. apply (check_sound Qc_oring). Qed.
Theorem check_sound_R fnd wit ins n src tgt c : check fnd wit ins n src tgt c = true ->
  forall xs, Forall (good_input R_oring ins n) xs ->
  strict R_oring src xs = Some (sem R_oring src xs) /\
  strict R_oring tgt xs = Some (sem R_oring src xs).
Proof. apply (check_sound R_oring). Qed.
