(** The theorems that the documents cite: what they say, and which axioms they rest on. The output of
    this file is kept in statements.golden; the check compares. *)
From Coq Require Import List QArith Reals.
From LSRL Require Import Language WellFormed Forms FormsSound Checker CheckSound Chain Rings.
From LSRL Require Import IfElse StepDeadZone IfElseFloats DirectBinary32 Witnesses IfElseGraphs.
From LSRL Require Import Simulation RunningBound FloatBound Grid.
From LSRL Require Import Vectors RNN LSTM GRU Hawk HawkResetting Mamba.
From LSRL Require Import Partition Listing1 LinearAttentionGraph.
Set Printing Width 100.

(** * Checker *)
Check wf_strict. Print Assumptions wf_strict.
Check check_sound. Print Assumptions check_sound.
Check check_bounds. Print Assumptions check_bounds.
Check chain_sound. Print Assumptions chain_sound.
Check check_sound_Q. Print Assumptions check_sound_Q.
Check check_sound_R. Print Assumptions check_sound_R.

(** * f_ifelse over the reals *)
Check direct_true. Print Assumptions direct_true.
Check direct_false. Print Assumptions direct_false.
Check direct_near_true. Print Assumptions direct_near_true.
Check direct_near_false. Print Assumptions direct_near_false.
Check stepped_true. Print Assumptions stepped_true.
Check stepped_false. Print Assumptions stepped_false.
Check stepped_soft. Print Assumptions stepped_soft.
Check dead_zone_error_left. Print Assumptions dead_zone_error_left.
Check dead_zone_error_right. Print Assumptions dead_zone_error_right.
Check stepped_false_iff. Print Assumptions stepped_false_iff.
Check mult_near_true. Print Assumptions mult_near_true.
Check mult_near_false. Print Assumptions mult_near_false.
Check ifelse_direct_sem. Print Assumptions ifelse_direct_sem.
Check ifelse_mult_sem. Print Assumptions ifelse_mult_sem.

(** * f_ifelse in floats *)
Check mult_fl_true. Print Assumptions mult_fl_true.
Check mult_fl_false. Print Assumptions mult_fl_false.
Check direct_fl_true. Print Assumptions direct_fl_true.
Check direct_fl_false. Print Assumptions direct_fl_false.
Check b32_fused_loses. Print Assumptions b32_fused_loses.
Check mult_fl_error. Print Assumptions mult_fl_error.
Check direct32_error. Print Assumptions direct32_error.
Check witness32_fused. Print Assumptions witness32_fused.
Check witness32_unfused. Print Assumptions witness32_unfused.
Check witness32_ulp. Print Assumptions witness32_ulp.

(** * Rounding errors of whole programs *)
Check running_bound. Print Assumptions running_bound.
Check float_bound. Print Assumptions float_bound.
Check certified_float_bound. Print Assumptions certified_float_bound.
Check ema_50_float. Print Assumptions ema_50_float.
Check grid_exact. Print Assumptions grid_exact.
Check certified_grid_exact. Print Assumptions certified_grid_exact.
Check more_ones_exact. Print Assumptions more_ones_exact.

(** * Cells *)
Check rnn_program_correct. Print Assumptions rnn_program_correct.
Check rnn_program_wf. Print Assumptions rnn_program_wf.
Check lstm_program_correct. Print Assumptions lstm_program_correct.
Check lstm_program_wf. Print Assumptions lstm_program_wf.
Check gru_program_correct. Print Assumptions gru_program_correct.
Check gru_program_wf. Print Assumptions gru_program_wf.
Check gru_reset_after_program_correct. Print Assumptions gru_reset_after_program_correct.
Check gru_reset_after_program_wf. Print Assumptions gru_reset_after_program_wf.
Check hawk_program_correct. Print Assumptions hawk_program_correct.
Check hawk_program_wf. Print Assumptions hawk_program_wf.
Check hawk_block_program_correct. Print Assumptions hawk_block_program_correct.
Check hawk_block_program_wf. Print Assumptions hawk_block_program_wf.
Check hawk_resetting_program_correct. Print Assumptions hawk_resetting_program_correct.
Check hawk_resetting_program_wf. Print Assumptions hawk_resetting_program_wf.
Check hawk_resetting_block_program_correct. Print Assumptions hawk_resetting_block_program_correct.
Check hawk_resetting_block_program_wf. Print Assumptions hawk_resetting_block_program_wf.
Check mamba_program_correct. Print Assumptions mamba_program_correct.
Check mamba_program_wf. Print Assumptions mamba_program_wf.
Check joined_ok. Print Assumptions joined_ok.

(** * Programs *)
Check partition_of_unity. Print Assumptions partition_of_unity.
Check repair_error_d. Print Assumptions repair_error_d.
Check listing1_direct. Print Assumptions listing1_direct.
Check listing1_mult. Print Assumptions listing1_mult.
Check listing1_zero_at_zero. Print Assumptions listing1_zero_at_zero.
Check listing1_zero_at_edge. Print Assumptions listing1_zero_at_edge.
Check attention_graph_correct. Print Assumptions attention_graph_correct.
