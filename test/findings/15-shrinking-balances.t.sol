// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {TrustingEscrow} from "../../contracts/mocks/faulty/Deposits.sol";
import {FeeOnTransferToken, ShrinkingToken} from "../../contracts/mocks/tokens/OddBalances.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 15: a token keeps a fee of each transfer, or shrinks, and the contract owes more than it holds.
contract Finding15_ShrinkingBalances is FindingBase {
    function test_EscrowRefusesATokenThatTakesAFee() public {
        FeeOnTransferToken token = new FeeOnTransferToken();
        Terms memory terms = _terms(address(token));
        Offer memory offer = _offerOf(terms);
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        vm.assertTrue(!_attack(token, address(escrow), open), "refused");
        _assertState(terms, DealState.None);
        vm.assertEq(token.balanceOf(buyer), PRICE, "the buyer keeps the money");
    }

    /// @dev A gift that covers the fee makes it no better: what arrived counts.
    function test_EscrowRefusesItWithAGiftToo() public {
        FeeOnTransferToken token = new FeeOnTransferToken();
        token.mint(address(escrow), PRICE);
        Offer memory offer = _offerOf(_terms(address(token)));
        bytes memory open = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        vm.assertTrue(!_attack(token, address(escrow), open), "refused");
    }

    /// @dev No shared contract is safe from a token that shrinks; the harm stays with that token's deals.
    function test_EscrowKeepsOtherTokensWhole() public {
        ShrinkingToken token = new ShrinkingToken();
        Terms memory shrunk = _inToken(address(token));
        Terms memory inUsd = _funded(address(usd));
        Terms memory inEth = _funded(ETH);
        token.shrinkTo(50);
        vm.startPrank(buyer);
        escrow.release(shrunk);
        escrow.release(inUsd);
        escrow.release(inEth);
        vm.stopPrank();
        vm.assertEq(escrow.creditOf(address(token), seller), PRICE * 39 / 40, "owed in the token that shrank");
        vm.assertEq(usd.balanceOf(seller), PRICE * 39 / 40, "paid in the other");
        vm.assertEq(seller.balance, ETH_PRICE * 39 / 40, "and in coins");
    }

    function test_FaultyEscrowOwesMoreThanItHolds() public {
        TrustingEscrow faulty = new TrustingEscrow();
        FeeOnTransferToken token = new FeeOnTransferToken();
        bytes memory deposit = abi.encodeCall(TrustingEscrow.deposit, (address(token), PRICE));
        vm.assertTrue(_attack(token, address(faulty), deposit), "taken");
        vm.assertEq(faulty.owed(address(token)) - token.balanceOf(address(faulty)), PRICE / 100, "short of the fee");
    }

    function _attack(FeeOnTransferToken token, address target, bytes memory call) private returns (bool) {
        _give(address(token), buyer, PRICE, target);
        return _try(buyer, target, call);
    }
}
