// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IKlerosAdapter} from "../../contracts/interfaces/IKlerosAdapter.sol";
import {CourtMock} from "../../contracts/mocks/CourtMock.sol";
import {TwoDeposits} from "../../contracts/mocks/faulty/Replay.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {RulesBuilder} from "../support/RulesBuilder.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 29: the court changes its fee while the sides are paying it: the first deposit is stuck, or too much is
/// kept. The adapter takes one payment, at the fee of that moment, and gives back the rest to who paid.
contract Finding29_CourtChangesItsFee is FindingBase {
    using RulesBuilder for Rules;

    uint256 private constant COST = 0.03 ether;

    CourtMock private court;
    IKlerosAdapter private adapter;

    function setUp() public override {
        super.setUp();
        court = new CourtMock();
        court.setCosts(COST, 3 * COST);
        court.setAppealSeconds(3 days);
        bytes memory arguments = abi.encode(address(escrow), address(court), hex"0001", "ipfs://question");
        adapter = IKlerosAdapter(_deploy("KlerosAdapter.sol:KlerosAdapter", arguments));
        vm.deal(seller, 10 ether);
    }

    function test_AdapterRefusesTooLittleAndKeepsNothing() public {
        Terms memory terms = _before();
        bytes memory reason = abi.encodeWithSelector(IKlerosAdapter.CostNotMet.selector, COST, 2 * COST);
        uint256 had = buyer.balance;
        vm.assertEq(_attack(2 * COST, COST, buyer, address(adapter), _request(terms)), reason, "refused");
        vm.assertEq(buyer.balance, had, "the buyer has all she had");
        vm.assertEq(_attack(2 * COST, 2 * COST, seller, address(adapter), _request(terms)), "", "anyone pays the new fee");
        vm.assertEq(seller.balance, 10 ether - 2 * COST, "which is what it costs");
        vm.assertEq(address(adapter).balance, 0, "nothing stays behind");
    }

    function test_AdapterGivesBackWhatIsTooMuch() public {
        Terms memory terms = _before();
        uint256 had = buyer.balance;
        vm.assertEq(_attack(COST / 3, COST, buyer, address(adapter), _request(terms)), "", "paid");
        vm.assertEq(had - buyer.balance, COST / 3, "the rest came back to the buyer");
        vm.assertEq(seller.balance, 10 ether, "and not to the seller");
        vm.assertEq(address(court).balance, COST / 3, "the court has its fee");
        vm.assertEq(address(adapter).balance, 0, "nothing stays behind");
    }

    /// @dev The fee of the appeal changes too; who paid what is what the arbiter's fee is shared by, whatever the court
    /// asks for now.
    function test_AdapterSharesTheFeeByWhatWasPaid() public {
        Terms memory terms = _before();
        _attack(COST, COST, buyer, address(adapter), _request(terms));
        court.giveRuling(0, 1);
        court.setCosts(9 * COST, COST);
        vm.prank(seller);
        adapter.appeal{value: 3 * COST}(0);
        vm.assertEq(seller.balance, 10 ether - COST, "two thirds came back");
        court.giveRuling(0, 2);
        vm.warp(block.timestamp + 3 days + 1);
        court.executeRuling(0);
        adapter.execute(terms);
        Holdings memory then_ = _holdings(address(usd));
        adapter.reimburse(terms, buyer);
        adapter.reimburse(terms, seller);
        Holdings memory now_ = _holdings(address(usd));
        vm.assertEq(now_.buyer - then_.buyer, PRICE / 40, "half of the fee");
        vm.assertEq(now_.seller - then_.seller, PRICE / 40, "and half");
    }

    function test_FaultyAdapterIsStuckWhenTheFeeRises() public {
        TwoDeposits faulty = _faulty();
        bytes memory second = abi.encodeCall(TwoDeposits.deposit, (buyer));
        vm.assertTrue(_attack(2 * COST, 2 * COST, seller, address(faulty), second).length != 0, "refused");
        vm.assertTrue(!faulty.raised(), "no dispute");
        vm.assertEq(address(faulty).balance, COST, "and the buyer's deposit lies there");
    }

    function test_FaultyAdapterKeepsTooMuchWhenTheFeeFalls() public {
        TwoDeposits faulty = _faulty();
        _attack(COST / 3, COST, seller, address(faulty), abi.encodeCall(TwoDeposits.deposit, (buyer)));
        vm.assertTrue(faulty.raised(), "a dispute");
        vm.assertEq(address(faulty).balance, 2 * COST, "for which three times too much was paid");
    }

    /// @dev The court changes its fee; then somebody pays what was to be paid. Answers with the refusal.
    function _attack(uint256 newCost, uint256 value, address payer, address target, bytes memory call)
        private
        returns (bytes memory refusal)
    {
        court.setCosts(newCost, 3 * newCost);
        if (target != address(adapter)) TwoDeposits(target).setCost(newCost);
        bool done;
        (done, refusal) = _tryWith(value, payer, target, call);
        if (done) refusal = "";
    }

    function _faulty() private returns (TwoDeposits faulty) {
        faulty = new TwoDeposits();
        faulty.setCost(COST);
        vm.prank(buyer);
        faulty.deposit{value: COST}(seller);
    }

    function _before() private returns (Terms memory terms) {
        terms = _terms(address(usd));
        terms.arbiter = address(adapter);
        terms.rules = terms.rules.withRuling(90 days);
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    function _request(Terms memory terms) private pure returns (bytes memory) {
        return abi.encodeCall(IKlerosAdapter.requestRuling, (terms));
    }
}
