// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IKlerosAdapter} from "../../../contracts/interfaces/IKlerosAdapter.sol";
import {RefusingParty} from "../../../contracts/mocks/parties/Receivers.sol";
import {ShrinkingToken} from "../../../contracts/mocks/tokens/OddBalances.sol";
import {PausableToken} from "../../../contracts/mocks/tokens/Refusals.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";
import {KlerosBase} from "./KlerosBase.sol";

contract KlerosAdapter_reimburse is KlerosBase {
    using RulesBuilder for Rules;

    function test_ThePayerGetsTheWholeFee_InEth() public {
        _reimburses(_executed(ETH), buyer, 0.05 ether);
        vm.assertEq(address(adapter).balance, 0, "adapter kept");
    }

    function test_ThePayerGetsTheWholeFee_InUsd() public {
        _reimburses(_executed(address(usd)), buyer, 5e6);
        vm.assertEq(usd.balanceOf(address(adapter)), 0, "adapter kept");
    }

    function test_WhenSomebodyCollectedBefore() public {
        Terms memory terms = _executed(address(usd));
        _collect(terms);
        vm.assertEq(usd.balanceOf(address(adapter)), 5e6, "collected");
        _reimburses(terms, buyer, 5e6);
    }

    /// @dev 0.03 and 0.09 of 0.12: a quarter and three quarters.
    function test_EachInProportion() public {
        Terms memory terms = _appealed(_terms(address(usd)));
        _reimburses(terms, seller, 3.75e6);
        _reimburses(terms, buyer, 1.25e6);
        vm.assertEq(usd.balanceOf(address(adapter)), 0, "adapter kept");
    }

    function test_SharesRoundDown() public {
        Terms memory terms = _terms(address(usd));
        terms.price = 140;
        terms = _appealed(terms);
        _reimburses(terms, buyer, 1);
        _reimburses(terms, seller, 5);
        vm.assertEq(usd.balanceOf(address(adapter)), 1, "what stays behind");
    }

    /// @dev At any prices of court and deal: nobody gets more than its proportion, and all but dust is shared out.
    function testFuzz_SharesAddUpToTheFee(uint256 cost, uint256 costOfAppeal, uint256 price) public {
        (cost, costOfAppeal) = (_bound(cost, 0, 40 ether), _bound(costOfAppeal, 1, 10 ether));
        court.setCosts(cost, costOfAppeal);
        Terms memory terms = _terms(address(usd));
        terms.price = _bound(price, 40, 1_000_000e6);
        terms = _disputedWith(terms);
        uint256 disputeID = _request(terms, buyer, cost);
        court.giveRuling(disputeID, 1);
        _appeal(disputeID, seller, 10 ether);
        vm.assertEq(seller.balance, 10 ether - costOfAppeal, "excess");
        _courtRules(disputeID, 0);
        adapter.execute(terms);
        uint256 fee = terms.price * ARBITER_BPS / 10_000;
        uint256 toBuyer = _reimbursed(terms, buyer);
        uint256 toSeller = _reimbursed(terms, seller);
        vm.assertEq(toBuyer, fee * cost / (cost + costOfAppeal), "buyer");
        vm.assertEq(toSeller, fee * costOfAppeal / (cost + costOfAppeal), "seller");
        vm.assertLe(fee - toBuyer - toSeller, 1, "dust");
        vm.assertEq(usd.balanceOf(address(adapter)), fee - toBuyer - toSeller, "adapter kept");
        vm.assertEq(address(adapter).balance, 0, "adapter kept coins");
    }

    /// @dev What came; a share that rounds down to nothing is refused.
    function _reimbursed(Terms memory terms, address payer) private returns (uint256) {
        uint256 had = usd.balanceOf(payer);
        try adapter.reimburse(terms, payer) {}
        catch (bytes memory reason) {
            bytes4 nothing = IKlerosAdapter.NothingToReimburse.selector;
            vm.assertEq(reason, abi.encodeWithSelector(nothing, _idOf(terms), payer), "why not");
        }
        return usd.balanceOf(payer) - had;
    }

    function test_DealsDoNotTouchEachOther() public {
        Terms memory first = _executed(address(usd));
        Terms memory second = _appealed(_terms(address(usd)));
        _collect(first);
        _collect(second);
        _reimburses(second, seller, 3.75e6);
        _reimburses(first, buyer, 5e6);
        _reimburses(second, buyer, 1.25e6);
    }

    function test_RevertWhen_Again() public {
        Terms memory terms = _appealed(_terms(ETH));
        adapter.reimburse(terms, buyer);
        _expectNothingToReimburse(terms, buyer);
        adapter.reimburse(terms, buyer);
        _reimburses(terms, seller, 0.0375 ether);
    }

    function test_RevertWhen_NeverPaid() public {
        Terms memory terms = _executed(ETH);
        _expectNothingToReimburse(terms, stranger);
        adapter.reimburse(terms, stranger);
    }

    function test_RevertGiven_NotExecuted() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _courtRules(_request(terms, buyer, COST), 3);
        _expectNothingToReimburse(terms, buyer);
        adapter.reimburse(terms, buyer);
    }

    function test_RevertGiven_NoFee() public {
        Terms memory terms = _terms(ETH);
        terms.rules = terms.rules.withArbiterFee(0);
        terms = _disputedWith(terms);
        _courtRules(_request(terms, buyer, COST), 3);
        adapter.execute(terms);
        _expectNothingToReimburse(terms, buyer);
        adapter.reimburse(terms, buyer);
    }

    function test_WhenTheCourtAskedNothing_TheFeeIsTheRequesters_Once() public {
        court.setCosts(0, 0);
        Terms memory terms = _disputedWith(_terms(address(usd)));
        _courtRules(_request(terms, seller, 0), 3);
        adapter.execute(terms);
        _holdsAnotherFee();
        _expectNothingToReimburse(terms, buyer);
        adapter.reimburse(terms, buyer);
        _reimburses(terms, seller, 5e6);
        _expectNothingToReimburse(terms, seller);
        adapter.reimburse(terms, seller);
    }

    /// @dev Another deal's fee in the contract, which a second payment would be taken from.
    function _holdsAnotherFee() private {
        Terms memory other = _disputedWith(_terms(address(usd)));
        _courtRules(_request(other, buyer, 0), 3);
        adapter.execute(other);
        _collect(other);
    }

    function test_WhenThePayerRefuses_ItIsCredited_AndKeptFromOthers() public {
        RefusingParty payer = new RefusingParty(stranger);
        Terms memory terms = _disputedWith(_terms(ETH));
        payer.act{value: COST}(address(adapter), abi.encodeCall(IKlerosAdapter.requestRuling, (terms)));
        _courtRules(0, 3);
        adapter.execute(terms);
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.Credited(ETH, address(payer), 0.05 ether);
        adapter.reimburse(terms, address(payer));
        vm.assertEq(adapter.creditOf(ETH, address(payer)), 0.05 ether, "credit");
        _reimburses(_executed(ETH), buyer, 0.05 ether);
        payer.act(address(adapter), abi.encodeCall(IKlerosAdapter.withdraw, (ETH, arbiter)));
        vm.assertEq(arbiter.balance, 0.05 ether, "withdrawn");
    }

    /// @dev The token stood still when somebody collected: the escrow owes the adapter.
    function test_WhenTheEscrowCreditedTheFee() public {
        PausableToken token = new PausableToken();
        Terms memory terms = _disputedIn(token);
        _courtRules(_request(terms, buyer, COST), 3);
        adapter.execute(terms);
        token.pause(true);
        _collect(terms);
        vm.assertEq(escrow.creditOf(address(token), address(adapter)), 5e6, "credited in the escrow");
        token.pause(false);
        _reimburses(terms, buyer, 5e6);
        vm.assertEq(escrow.creditOf(address(token), address(adapter)), 0, "left in the escrow");
    }

    function test_WhenTheTokenShrank_WhatIsThereIsShared() public {
        ShrinkingToken token = new ShrinkingToken();
        Terms memory terms = _disputedIn(token);
        _courtRules(_request(terms, buyer, COST), 3);
        adapter.execute(terms);
        _collect(terms);
        token.shrinkTo(50);
        _reimburses(terms, buyer, 2.5e6);
    }

    /// @dev What is owed to the first is not given to the second, even where there is less than is owed.
    function test_RevertWhen_TheTokenShrankBelowWhatIsOwed() public {
        ShrinkingToken token = new ShrinkingToken();
        Terms memory first = _appealedIn(token);
        Terms memory second = _disputedIn(token);
        _courtRules(_request(second, buyer, COST), 3);
        adapter.execute(second);
        _collect(second);
        adapter.reimburse(first, buyer);
        token.shrinkTo(25);
        _expectNothingToReimburse(second, buyer);
        adapter.reimburse(second, buyer);
    }

    function _appealedIn(ShrinkingToken token) private returns (Terms memory) {
        token.mint(buyer, USD_PRICE);
        return _appealed(_terms(address(token)));
    }

    /// @dev Executed, after the buyer paid for the first instance and the seller for the second.
    function _appealed(Terms memory terms) private returns (Terms memory) {
        terms = _disputedWith(terms);
        uint256 disputeID = _request(terms, buyer, COST);
        court.giveRuling(disputeID, 1);
        _appeal(disputeID, seller, APPEAL_COST);
        _courtRules(disputeID, 3);
        adapter.execute(terms);
        return terms;
    }

    function _reimburses(Terms memory terms, address payer, uint256 amount) private {
        uint256 had = _balance(terms.token, payer);
        vm.expectEmit(address(adapter));
        emit IKlerosAdapter.Reimbursed(_idOf(terms), payer, terms.token, amount);
        vm.prank(arbiter);
        adapter.reimburse(terms, payer);
        vm.assertEq(_balance(terms.token, payer) - had, amount, "reimbursed");
    }
}
