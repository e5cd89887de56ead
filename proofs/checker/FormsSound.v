(** * What the checker computes with affine forms is true

    For every valuation [rho] of the atoms that agrees with their definitions ([Hget]), gives 1 to the
    atom 1 ([Hone]), and with inputs above the assumed lower bounds ([Hlb]): sums, multiples, ReLU,
    products and whole steps on forms have the value of the same operation on values ([sexec_ok]).
    For every ordered ring. *)
From Coq Require Import List QArith Qabs PArith Bool Lia Ring Arith.
Import ListNotations.
From LSRL Require Import Language Forms.

Section Sound.
Variable F : oring.
Notation "0" := (k0 F). Notation "1" := (k1 F).
Infix "+" := (kadd F). Infix "*" := (kmul F). Infix "-" := (ksub F).
Add Ring KR2 : (k_ring F).
Variable rho : positive -> F.

Fixpoint evf (f : form) : F :=
  match f with [] => 0 | (i,q)::r => inj F q * rho i + evf r end.

Lemma inj_red q : inj F (Qred q) = inj F q.
Proof. apply inj_eq, Qred_correct. Qed.
Lemma inj_opp q : inj F (- q) = kopp F (inj F q).
Proof.
  assert (H : inj F q + inj F (-q) = 0).
  { rewrite <- inj_add, <- inj_0. apply inj_eq. ring. }
  replace (inj F (-q)) with ((inj F q + inj F (-q)) - inj F q) by ring.
  rewrite H. ring.
Qed.
Lemma qeqb_inj p q : Qeq_bool p q = true -> inj F p = inj F q.
Proof. intro H. apply inj_eq, Qeq_bool_eq, H. Qed.

(** ** Sums, multiples, equality *)
Lemma evf_add f : forall g, evf (fadd f g) = evf f + evf g.
Proof.
  induction f as [|[i a] f IH]; intro g.
  - destruct g; simpl; ring.
  - induction g as [|[j b] g IHg].
    + simpl. ring.
    + change (fadd ((i,a)::f) ((j,b)::g)) with
       (match Pos.compare i j with
        | Lt => (i,a) :: fadd f ((j,b)::g)
        | Gt => (j,b) :: fadd ((i,a)::f) g
        | Eq => let c := Qred (a+b) in
               if Qeq_bool c 0 then fadd f g else (i,c) :: fadd f g end).
      destruct (Pos.compare_spec i j).
      * subst j. cbv zeta. destruct (Qeq_bool (Qred (a+b)) 0) eqn:E.
        -- rewrite IH. apply qeqb_inj in E. rewrite inj_red, inj_add, inj_0 in E.
           simpl. transitivity ((inj F a + inj F b) * rho i + (evf f + evf g)); [rewrite E|]; ring.
        -- simpl. rewrite IH, inj_red, inj_add. ring.
      * simpl. rewrite IH. simpl. ring.
      * simpl evf in *. rewrite IHg. ring.
Qed.
Lemma evf_scale c f : evf (fscale c f) = inj F c * evf f.
Proof.
  unfold fscale. destruct (Qeq_bool c 0) eqn:E.
  - apply qeqb_inj in E. rewrite E, inj_0. simpl. ring.
  - destruct (Qeq_bool c 1) eqn:E1.
    + apply qeqb_inj in E1. rewrite E1, inj_1. ring.
    + clear. induction f as [|[i q] f IH]; simpl.
      * ring.
      * rewrite IH, inj_red, inj_mul. ring.
Qed.
Lemma feqb_ok f g : feqb f g = true -> evf f = evf g.
Proof.
  unfold feqb. intro H.
  assert (Z : evf (fadd f (fscale (-1) g)) = 0).
  { revert H. generalize (fadd f (fscale (-1) g)). clear.
    induction f as [|[i q] f IH]; simpl; intro H; [reflexivity|].
    apply andb_true_iff in H as [H1 H2]. rewrite (IH H2).
    apply qeqb_inj in H1. rewrite H1, inj_0. ring. }
  rewrite evf_add, evf_scale in Z.
  change (-1)%Q with (Qopp 1%Q) in Z. rewrite inj_opp, inj_1 in Z.
  replace (evf f) with ((evf f + kopp F 1 * evf g) + evf g) by ring.
  rewrite Z. ring.
Qed.

Variable get : positive -> option def.
Variable fnd : def -> option positive.
Variable lbs : list (option Q).
Variables (x : list F) (pS pT : list (list F)).
Definition evd (d : def) : F :=
  match d with
  | DOne => 1
  | DIn j => nth j x 0
  | DSt k j => nth j (nth k pS []) 0
  | DTg k j => nth j (nth k pT []) 0
  | DRelu f => krelu F (evf f)
  | DMul f g => evf f * evf g
  end.
Hypothesis Hget : forall i d, get i = Some d -> rho i = evd d.
Hypothesis Hone : rho 1%positive = 1.
Hypothesis Hlb : forall j l, nth j lbs None = Some l -> knn F (nth j x 0 - inj F l).

(** ** Constants and atoms *)
Lemma evf_const b : evf (fconst b) = inj F b.
Proof.
  unfold fconst. destruct (Qeq_bool b 0) eqn:E; simpl.
  - apply qeqb_inj in E. rewrite E, inj_0. reflexivity.
  - rewrite Hone. ring.
Qed.
Lemma atom_ok d f : atom get fnd d = Some f -> evf f = evd d.
Proof.
  unfold atom. destruct (fnd d) as [id|]; [|discriminate].
  destruct d as [|j|k j|k j| |]; try discriminate;
    destruct (get id) as [[|j'|k' j'|k' j'| |]|] eqn:G; try discriminate.
  - destruct (Nat.eqb_spec j j'); [|discriminate]. intros [= <-]. simpl.
    rewrite (Hget _ _ G), inj_1. subst. simpl. ring.
  - destruct (Nat.eqb_spec k k'), (Nat.eqb_spec j j'); try discriminate. intros [= <-]. simpl.
    rewrite (Hget _ _ G), inj_1. subst. simpl. ring.
  - destruct (Nat.eqb_spec k k'), (Nat.eqb_spec j j'); try discriminate. intros [= <-]. simpl.
    rewrite (Hget _ _ G), inj_1. subst. simpl. ring.
Qed.
(** ** Non-negativity and ReLU *)
Lemma nngo_ok rec : (forall g, rec g = true -> knn F (evf g)) ->
  forall f acc, nngo get lbs rec f acc = true -> knn F (evf f + inj F acc).
Proof.
  intros Hr. induction f as [|[i q] f IH]; intros acc H; cbn [nngo] in H.
  { apply Qle_bool_iff in H; apply (nn_inj F) in H; simpl; replace (0 + inj F acc) with (inj F acc) by ring; exact H. }
  destruct (get i) as [d|] eqn:Gi; [|discriminate]. pose proof (Hget _ _ Gi) as R.
  destruct d as [|j| | |g|g h]; try discriminate; cbn [evf]; rewrite R; cbn [evd].
  - apply IH in H; rewrite inj_red, inj_add in H.
    replace (inj F q * 1 + evf f + inj F acc) with (evf f + (inj F acc + inj F q)) by ring; exact H.
  - destruct (nth j lbs None) as [l|] eqn:L; [|discriminate]; apply andb_true_iff in H as [H1 H2];
       apply IH in H2; rewrite inj_red, inj_add, inj_mul in H2; apply Qle_bool_iff in H1; apply (nn_inj F) in H1;
       replace (inj F q * nth j x 0 + evf f + inj F acc) with (inj F q * (nth j x 0 - inj F l) + (evf f + (inj F acc + inj F q * inj F l))) by ring;
       apply nn_add; [apply nn_mul; [exact H1|apply Hlb, L]|exact H2].
  - apply andb_true_iff in H as [H1 H2]; apply IH in H2; apply Qle_bool_iff in H1; apply (nn_inj F) in H1.
    replace (inj F q * krelu F (evf g) + evf f + inj F acc) with (inj F q * krelu F (evf g) + (evf f + inj F acc)) by ring;
       apply nn_add; [apply nn_mul; [exact H1|apply relu_nn]|exact H2].
  - apply andb_true_iff in H as [H H4]. apply andb_true_iff in H as [H H3]. apply andb_true_iff in H as [H1 H2].
    apply IH in H4. apply Qle_bool_iff in H1. apply (nn_inj F) in H1. apply Hr in H2. apply Hr in H3.
    replace (inj F q * (evf g * evf h) + evf f + inj F acc) with (inj F q * (evf g * evf h) + (evf f + inj F acc)) by ring.
    apply nn_add; [|exact H4]. apply nn_mul; [exact H1|]. apply nn_mul; assumption.
Qed.
Lemma nnform_ok fuel : forall f, nnform get lbs fuel f = true -> knn F (evf f).
Proof.
  induction fuel as [|fuel IH]; intros f H; cbn [nnform] in H.
  - apply nngo_ok in H; [|discriminate]. rewrite inj_0 in H. replace (evf f) with (evf f + 0) by ring. exact H.
  - apply nngo_ok in H; [|exact IH]. rewrite inj_0 in H. replace (evf f) with (evf f + 0) by ring. exact H.
Qed.
Lemma evf_neg f : evf (fscale (-1) f) = kopp F (evf f).
Proof. rewrite evf_scale. change (-1)%Q with (Qopp 1%Q). rewrite inj_opp, inj_1. ring. Qed.
Lemma srelu_ok f h : srelu get fnd lbs f = Some h -> evf h = krelu F (evf f).
Proof.
  unfold srelu. destruct (nnform get lbs 3 f) eqn:N.
  { intros [= <-]. symmetry. apply relu_id. exact (nnform_ok _ _ N). }
  destruct (nnform get lbs 3 (fscale (-1) f)) eqn:N2.
  { intros [= <-]. apply nnform_ok in N2. rewrite evf_neg in N2. simpl.
    replace (evf f) with (kopp F (kopp F (evf f))) by ring.
    rewrite relu_opp, (relu_id _ _ N2). ring. }
  cbv zeta. destruct (fnd _) as [id|]; [|discriminate].
  destruct (get id) as [d|] eqn:G; [|discriminate]. destruct d as [| | | |g'|]; try discriminate.
  set (c := Qabs (lead f)). destruct (Qle_bool 0 c) eqn:C; [|discriminate].
  apply Qle_bool_iff in C. pose proof (nn_inj F _ C) as NC.
  destruct (feqb (fscale c g') f) eqn:E1.
  { intros [= <-]. apply feqb_ok in E1. rewrite <- E1, evf_scale, relu_scale by assumption.
    simpl. rewrite (Hget _ _ G). simpl. ring. }
  destruct (feqb (fscale (-c) g') f) eqn:E2; [|discriminate].
  intro Hh. assert (h = fadd [(id, c)] f) as -> by congruence. clear Hh.
  apply feqb_ok in E2. rewrite evf_scale, inj_opp in E2.
  assert (E3 : evf f = kopp F (inj F c * evf g')) by (rewrite <- E2; ring).
  transitivity (inj F c * krelu F (evf g') + evf f).
  - rewrite evf_add. simpl. rewrite (Hget _ _ G). simpl. ring.
  - rewrite E3, relu_opp, relu_scale by assumption. ring.
Qed.
(** ** Products *)
Lemma isconst_ok f c : isconst get f = Some c -> evf f = inj F c.
Proof.
  destruct f as [|[i q] [|]]; simpl; intro H; try discriminate.
  - injection H as <-. rewrite inj_0. reflexivity.
  - destruct (get i) as [d|] eqn:G; [|discriminate]. destruct d; try discriminate.
    injection H as <-. rewrite (Hget _ _ G). simpl. ring.
Qed.
Lemma smul1_ok f g h : smul1 get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  unfold smul1. destruct (fnd _) as [id|]; [|discriminate].
  destruct (get id) as [d|] eqn:G; [|discriminate]. destruct d as [| | | | |f' g']; try discriminate.
  destruct (feqb (fscale (lead f) f') f) eqn:E1; [|discriminate].
  destruct (feqb (fscale (lead g) g') g) eqn:E2; [|discriminate].
  intros [= <-]. apply feqb_ok in E1. apply feqb_ok in E2. rewrite evf_scale in *.
  rewrite <- E1, <- E2. simpl. rewrite inj_red, inj_mul, (Hget _ _ G). simpl. ring.
Qed.
Lemma smul0_ok f g h : smul0 get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  unfold smul0. destruct (isconst get f) eqn:C1.
  { intros [= <-]. rewrite evf_scale, (isconst_ok _ _ C1). reflexivity. }
  destruct (isconst get g) eqn:C2.
  { intros [= <-]. rewrite evf_scale, (isconst_ok _ _ C2). ring. }
  destruct (Pos.leb _ _); intro S1; rewrite (smul1_ok _ _ _ S1); ring.
Qed.
Lemma mulrow_ok p g : forall h, mulrow get fnd p g = Some h -> evf h = evf [p] * evf g.
Proof.
  induction g as [|q g IH]; cbn [mulrow]; intros h H.
  - injection H as <-. simpl evf at 1 3. ring.
  - destruct (smul0 _ _ _ _) as [a|] eqn:A; [|discriminate]. destruct (mulrow _ _ p g) as [t|]; [|discriminate].
    assert (h = fadd a t) as -> by congruence. rewrite evf_add, (smul0_ok _ _ _ A), (IH _ eq_refl).
    destruct q as [j b]. simpl. ring.
Qed.
Lemma mulall_ok f g : forall h, mulall get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  induction f as [|p f IH]; cbn [mulall]; intros h H.
  - injection H as <-. simpl. ring.
  - destruct (mulrow _ _ _ _) as [a|] eqn:A; [|discriminate]. destruct (mulall _ _ f g) as [t|]; [|discriminate].
    assert (h = fadd a t) as -> by congruence. rewrite evf_add, (mulrow_ok _ _ _ A), (IH _ eq_refl).
    destruct p as [j b]. simpl. ring.
Qed.
Lemma smul_ok f g h : smul get fnd f g = Some h -> evf h = evf f * evf g.
Proof. unfold smul. destruct (Nat.leb _ _); [apply mulall_ok|apply smul0_ok]. Qed.

(** ** Nodes and steps *)
Lemma mapo_ok {A B} (f : A -> option B) (h : A -> F) (ev : B -> F) :
  (forall a b, f a = Some b -> ev b = h a) ->
  forall l m, mapo f l = Some m -> map ev m = map h l.
Proof.
  intros H. induction l as [|a l IH]; simpl; intros m E.
  - injection E as <-. reflexivity.
  - destruct (f a) eqn:Fa; [|discriminate]. destruct (mapo f l); [|discriminate].
    injection E as <-. simpl. f_equal; auto.
Qed.
Lemma map2o_ok l : forall m h, map2o (smul get fnd) l m = Some h ->
  map evf h = map2 (kmul F) (map evf l) (map evf m).
Proof.
  induction l as [|a l IH]; intros [|b m] h; simpl; intro E; try (injection E as <-; reflexivity).
  destruct (smul get fnd a b) eqn:S; [|discriminate].
  destruct (map2o (smul get fnd) l m) eqn:M; [|discriminate].
  injection E as <-. simpl. rewrite (smul_ok _ _ _ S), (IH _ _ M). reflexivity.
Qed.
Lemma nth_ev i v : nth i (map evf v) 0 = evf (nth i v []).
Proof. change 0 with (evf []). apply map_nth. Qed.
Lemma nth_env i env : nth i (map (map evf) env) [] = map evf (nth i env []).
Proof. change (@nil F) with (map evf []). apply map_nth. Qed.
Lemma sdot_ok r v : evf (sdot r v) = dot F r (map evf v).
Proof.
  induction r as [|[i q] r IH]; simpl; [reflexivity|].
  rewrite evf_add, evf_scale, IH, nth_ev. reflexivity.
Qed.
Definition prevok (prev : list (list F)) (sprev : list (list form)) : Prop :=
  forall k, nth k sprev [] <> [] -> nth k prev [] = map evf (nth k sprev []).
Lemma sop_ok o sx prev sprev env v : sop get fnd lbs o sx sprev env = Some v -> prevok prev sprev ->
  map evf v = eval_op F o (map evf sx) prev (map (map evf) env).
Proof.
  destruct o; simpl; intros E Hs.
  - injection E as <-. reflexivity.
  - injection E as <-. rewrite nth_env. unfold slin, linv. rewrite map_map.
    apply map_ext. intros [r b]. simpl. rewrite evf_add, sdot_ok, evf_const. reflexivity.
  - rewrite nth_env, map_map. eapply mapo_ok; [|exact E]. intros; eapply srelu_ok; eauto.
  - rewrite map_length. specialize (Hs (length env)). destruct (nth (length env) sprev []) as [|a0 s0]; [discriminate|].
    rewrite Hs by discriminate. injection E as <-. rewrite nth_env. unfold sstate, statev. rewrite map_map.
    apply map_ext. intros [[a r] b]. cbn [fst snd]. rewrite !evf_add, !sdot_ok, evf_const. reflexivity.
  - specialize (Hs k). destruct (nth k sprev []); [discriminate|]. rewrite Hs by discriminate. injection E as <-. reflexivity.
  - injection E as <-. rewrite concat_map, map_map. f_equal. apply map_ext. intro. symmetry. apply nth_env.
  - unfold smultv, multv in *. rewrite nth_env, map_length, firstn_map, skipn_map.
    apply map2o_ok, E.
Qed.
Lemma sexec_ok ops sx prev sprev : forall env e,
  sexec get fnd lbs ops sx sprev env = Some e -> prevok prev sprev ->
  exec F ops (map evf sx) prev (map (map evf) env) = map (map evf) e.
Proof.
  induction ops as [|o r IH]; intros env e; simpl.
  - intros [= <-] _. reflexivity.
  - destruct (sop _ _ _ _ _ _ _) as [v|] eqn:S; [|discriminate]. intros E H.
    rewrite <- (sop_ok _ _ prev _ _ _ S H).
    rewrite <- (IH _ _ E H). rewrite map_app. reflexivity.
Qed.
End Sound.
