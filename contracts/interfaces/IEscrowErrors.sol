// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Action} from "../types/Act.sol";
import {DealState, DealStates} from "../types/DealState.sol";

/// @notice Why the Escrow refuses. Every error says what was given and what would have been right.
interface IEscrowErrors {
    /// @param allowed The states in which the call is allowed, one bit each (bit n = the state of ordinal n).
    error UnexpectedState(bytes32 dealId, DealState current, DealStates allowed);
    /// @param expected The account that may make this call; zero where it is one of the two parties.
    error WrongCaller(address caller, address expected);
    error TooEarly(uint256 current, uint256 earliest);
    error TooLate(uint256 current, uint256 deadline);
    error WrongSignature(address signer);
    error OfferExpired(uint256 expiry, uint256 current);
    error OfferCancelled(uint256 offerCounter, uint256 currentCounter);
    error NonceVoided(address maker, uint256 nonce);
    error UnitOutOfRange(uint256 unit, uint256 quantity);
    error NoMaker();
    error SameParty(address account);
    error NoArbiter();
    error ArbiterIsParty(address arbiter);
    error NoOperator(uint256 feeBps);
    /// @dev Bits beyond the 224 that have a meaning are set.
    error UnknownRules(uint256 rules);
    error FeeTooHigh(uint256 bps, uint256 max);
    error WindowOutOfRange(uint256 window, uint256 max);
    error PriceOutOfRange(uint256 price, uint256 max);
    /// @dev No contract stands there, or it does not say what balances are.
    error NotAToken(address token);
    error WrongValue(uint256 sent, uint256 expected);
    error UnexpectedTransfer(uint256 expected, uint256 received);
    error AmountOutOfRange(uint256 amount, uint256 max);
    error DeadlineOutOfRange(uint256 deadline, uint256 min, uint256 max);
    error RemainingChanged(uint256 signed, uint256 current);
    error SignatureExpired(uint256 expiry, uint256 current);
    error NoInstalments(uint256 price);
    error InstalmentOutOfRange(uint256 amount, uint256 min, uint256 max);
    /// @dev The chain's own coin can only come from who sends the transaction.
    error CannotPull(address payer);
    error TipTooHigh(uint256 tip, uint256 share);
    error AlreadyMoved(uint256 signedTotal, uint256 current);
    error SignedForOtherState(bytes32 dealId, bytes32 signedState, DealState current);
    error WrongAction(Action given, Action expected);
    error BatchWithinBatch();
    error LengthsDiffer(uint256 deals, uint256 expiries, uint256 signatures);
    /// @param author Zero where both sides were to be noted at once.
    error AlreadyReviewed(bytes32 dealId, address author);
    error NothingToWithdraw(address token, address account);
    error WithdrawFailed(address token, address to, uint256 amount);
}
